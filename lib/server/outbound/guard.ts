import { isIP } from "node:net";
import { reachOf } from "./address";

/** A place of the portal's own that no account may ever call, even when an admin lists it. */
export interface OwnPlace {
  /** What a refusal calls it, e.g. "the portal's own Redis". */
  name: string;
  host: string;
  port: number;
}

export interface GuardRules {
  /** Entries `host:port` that admins allowed, as this process knows them now. */
  allowedHosts(): ReadonlySet<string>;
  own: readonly OwnPlace[];
}

/** Every method answers why a call is refused, as the end of a sentence, or null when it is not. */
export interface OutboundGuard {
  /** By the name alone, before anything is looked up. */
  refuseHost(host: string, port: number): string | null;
  /** By the address that is really going to be connected to. */
  refuseAddress(host: string, port: number, address: string): string | null;
  isListed(host: string, port: number): boolean;
}

const INSIDE_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/**
 * The rules of calling out: closed by default. The name is judged when an address is saved and at
 * each call; the resolved address is judged when a connection is made, so that a name that answers
 * differently the second time gains nothing.
 */
export function outboundGuard(rules: GuardRules): OutboundGuard {
  const listed = listLookup(rules);
  const ownPlace = (host: string, port: number, isPublic: boolean) =>
    rules.own.find((own) => own.port === port && (!isPublic || sameHost(own.host, host)));
  const refuseAddress = (given: string, port: number, address: string) => {
    const host = plainHost(given);
    const reach = reachOf(address);
    if (reach === "never") return "its address is one that is never called";
    const own = ownPlace(host, port, reach === "public");
    if (own) return `it is ${own.name}`;
    if (reach === "public" || listed(host, port)) return null;
    return "its address lies inside the network";
  };
  const refuseHost = (given: string, port: number) => {
    const host = plainHost(given);
    if (host === "") return "it has no host";
    if (isIP(host)) return refuseAddress(host, port, host);
    const own = ownPlace(host, port, true);
    if (own) return `it is ${own.name}`;
    if (listed(host, port)) return null;
    if (INSIDE_NAMES.test(host)) return `${host} names a machine inside the network`;
    return host.includes(".") ? null : `${host} is not a full host name`;
  };
  return { isListed: listed, refuseHost, refuseAddress };
}

/** `host:port` as the allow-list is compared: lower case, no brackets, no dot at the end. */
export function hostAndPort(host: string, port: number): string {
  return `${plainHost(host)}:${port}`;
}

/** A host name without IPv6 brackets and without the dot that makes it absolute. */
export function plainHost(host: string): string {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  const lower = bare.toLowerCase();
  return lower.endsWith(".") ? lower.slice(0, -1) : lower;
}

const sameHost = (a: string, b: string) => plainHost(a) === plainHost(b);

// The list is a snapshot that is replaced as a whole: its normal form is made once per snapshot.
function listLookup(rules: GuardRules): (host: string, port: number) => boolean {
  let source: ReadonlySet<string> | null = null;
  let normal: ReadonlySet<string> = new Set();
  return (host, port) => {
    const current = rules.allowedHosts();
    if (current !== source) {
      source = current;
      normal = new Set([...current].map(normalEntry));
    }
    return normal.has(hostAndPort(host, port));
  };
}

function normalEntry(entry: string): string {
  const colon = entry.lastIndexOf(":");
  return hostAndPort(entry.slice(0, colon), Number(entry.slice(colon + 1)));
}
