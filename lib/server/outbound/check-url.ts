import type { LookupAddress } from "node:dns";
import { AppError } from "../../shared/errors";
import { type OutboundGuard, plainHost } from "./guard";

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  "http:": 80,
  "https:": 443,
  "socks5:": 1080,
};
const CALLED = new Set(["http:", "https:"]);

/**
 * Judges an address that somebody wants to save. A name that does not resolve now is accepted: it
 * is judged again at each connection, and the portal must be able to be set up without a network.
 * @throws {AppError} `invalid_request` with the reason
 */
export async function checkUrl(guard: OutboundGuard, resolve: Resolve, text: string): Promise<URL> {
  return checkPlace(guard, resolve, readUrl(text));
}

/**
 * The same for a proxy, which may be a SOCKS server and have a log-in.
 * @throws {AppError} `invalid_request` with the reason, which never repeats the log-in
 */
export async function checkProxyUrl(guard: OutboundGuard, resolve: Resolve, text: string) {
  const url = URL.parse(text);
  if (!url || !(url.protocol in DEFAULT_PORTS) || url.hostname === "") {
    throw invalid("A proxy is written as socks5://host:port, http://… or https://….");
  }
  if (url.search !== "" || url.hash !== "" || !["", "/"].includes(url.pathname)) {
    throw invalid("A proxy has no path.");
  }
  return checkPlace(guard, resolve, url);
}

async function checkPlace(guard: OutboundGuard, resolve: Resolve, url: URL): Promise<URL> {
  const port = portOf(url);
  const byName = guard.refuseHost(url.hostname, port);
  if (byName) throw refused(byName, url, port);
  const addresses = await resolve(plainHost(url.hostname)).catch(() => []);
  for (const { address } of addresses) {
    const byAddress = guard.refuseAddress(url.hostname, port, address);
    if (byAddress) throw refused(byAddress, url, port);
  }
  return url;
}

/** The port that a URL means, its scheme's own when it names none. */
export function portOf(url: URL): number {
  return url.port === "" ? (DEFAULT_PORTS[url.protocol] ?? 0) : Number(url.port);
}

function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw invalid("This is not an address.");
  const url = new URL(text);
  if (!CALLED.has(url.protocol)) throw invalid("The address must start with http or https.");
  if (url.username !== "" || url.password !== "") {
    throw invalid("The address must not hold a user name or password.");
  }
  if (url.hash !== "") throw invalid("The address must not have a part after #.");
  return url;
}

function refused(reason: string, url: URL, port: number): AppError {
  const entry = `${plainHost(url.hostname)}:${port}`;
  return invalid(
    `This address is refused: ${reason}. If it is right, an admin can allow ${entry} in the settings.`,
  );
}

const invalid = (message: string) => new AppError("invalid_request", message);
