import type { IncomingMessage, ServerResponse } from "node:http";
import { isRelayPath } from "../relay/routes";
import { clientIp } from "./client-ip";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./csp";
import { readTarget } from "./relay/paths";

export type Handle = (req: IncomingMessage, res: ServerResponse) => void;

export interface FrontDoorOptions {
  publicUrl: string;
  trustedHops: number;
  dev: boolean;
  /** The fast lane; null when relay paths go to Next's handlers like everything else. */
  relay: ((req: IncomingMessage, res: ServerResponse, waitsForContinue: boolean) => void) | null;
  /** Health and metrics, answered ahead of everything; false when the path is none of theirs. */
  own(req: IncomingMessage, res: ServerResponse, path: string): boolean;
  rest: Handle;
}

/** Request headers that only this server may set: Next and the pages believe them. */
const FORGEABLE =
  /^(?:x-middleware-|x-invoke-|x-forwarded-|x-matched-path|x-now-|x-portal-|x-nonce$|x-real-ip$|forwarded$|content-security-policy)/;
const STATIC = "/_next/static/";

/**
 * The first thing that sees a request: refuses what no client of a portal sends, hands relay paths
 * to the fast lane, and gives Next the rest with forged headers removed and the page's policy set.
 */
export function frontDoor(options: FrontDoorOptions) {
  const toNext = nextDoor(options);
  const toPages = (req: IncomingMessage, res: ServerResponse, path: string) => {
    if (!options.own(req, res, path)) toNext(req, res, path);
  };
  const open = (req: IncomingMessage, res: ServerResponse, waitsForContinue: boolean) => {
    const { path } = readTarget(req.url ?? "/");
    const isRelay = isRelayPath(path);
    if (isRelay && options.relay) return options.relay(req, res, waitsForContinue);
    if (waitsForContinue) res.writeContinue();
    return isRelay ? toNext(req, res, null) : toPages(req, res, path);
  };
  return (req: IncomingMessage, res: ServerResponse, waitsForContinue: boolean) => {
    if (!refused(req, res)) open(req, res, waitsForContinue);
  };
}

/** Prepares a request for Next. @param page path of a page or of the portal's API; null for the relay */
function nextDoor(options: FrontDoorOptions) {
  const fixedHeaders = Object.entries(securityHeaders(options.publicUrl));
  return (req: IncomingMessage, res: ServerResponse, page: string | null) => {
    rewriteHeaders(req, options);
    if (page === null) {
      prepareRelay(req, res);
    } else if (!page.startsWith(STATIC)) {
      // Pages that send a reader to sign in lead back to here afterwards.
      req.headers["x-portal-path"] = req.url ?? "/";
      for (const [name, value] of fixedHeaders) res.setHeader(name, value);
      setPolicy(req, res, options.dev);
    }
    options.rest(req, res);
  };
}

/** Keeps Next from changing what the relay answers: no redirect, no compression, no Vary of pages. */
function prepareRelay(req: IncomingMessage, res: ServerResponse): void {
  // Doubled and trailing slashes would be answered with a redirect, which clients do not follow.
  req.url = plainTarget(req.url ?? "/");
  delete req.headers["accept-encoding"];
  const setHeader = res.setHeader.bind(res);
  res.setHeader = (name, value) => (name.toLowerCase() === "vary" ? res : setHeader(name, value));
}

function setPolicy(req: IncomingMessage, res: ServerResponse, dev: boolean): void {
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce, dev);
  req.headers["x-nonce"] = nonce;
  // Next reads the nonce for its own scripts from the policy on the request.
  req.headers["content-security-policy"] = policy;
  res.setHeader("content-security-policy", policy);
}

function rewriteHeaders(req: IncomingMessage, { publicUrl, trustedHops }: FrontDoorOptions): void {
  const ip = clientIp(req, trustedHops);
  for (const name in req.headers) if (FORGEABLE.test(name)) delete req.headers[name];
  req.headers["x-forwarded-for"] = ip;
  req.headers["x-forwarded-proto"] = new URL(publicUrl).protocol.slice(0, -1);
  if (req.headers.host) req.headers["x-forwarded-host"] = req.headers.host;
}

function plainTarget(target: string): string {
  const { path, query } = readTarget(target);
  return query === "" ? path : `${path}?${query}`;
}

interface Refusal {
  status: 400 | 405;
  reason: string;
}

function refuseLine(req: IncomingMessage): Refusal | null {
  if (req.method === "TRACE" || req.method === "CONNECT") {
    return { status: 405, reason: "This method is not served." };
  }
  // "GET http://elsewhere/" is meant for proxies, and this is none.
  if (!req.url?.startsWith("/")) return { status: 400, reason: "The address must be a path." };
  return countHosts(req) > 1 ? { status: 400, reason: "More than one Host header." } : null;
}

// `headers` keeps the first of several; which one a proxy in front believed is anybody's guess.
function countHosts({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 4 && name.toLowerCase() === "host") count++;
  }
  return count;
}

function refused(req: IncomingMessage, res: ServerResponse): boolean {
  const refusal = refuseLine(req);
  if (!refusal) return false;
  const { status, reason } = refusal;
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  res.end(`${reason}\n`);
  return true;
}
