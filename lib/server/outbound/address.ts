import ipaddr from "ipaddr.js";

/**
 * How far an address reaches. `public` may be called by any account; `inside` (loopback, private,
 * shared and reserved networks) only where an admin allowed the exact host:port; `never` not even
 * then: metadata services, link-local, multicast, "any", and tunnels that hide another address.
 */
export type Reach = "public" | "inside" | "never";

const NEVER_V4 = new Set(["unspecified", "broadcast", "multicast", "linkLocal"]);
const INSIDE_V6 = new Set(["loopback", "uniqueLocal"]);
/** Metadata services that live outside the link-local range. */
const METADATA = new Set(["168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254"]);
/** Only this block of IPv6 is handed out for the public internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Judges a literal address; what cannot be read as one is `never`. */
export function reachOf(address: string): Reach {
  if (!ipaddr.isValid(address)) return "never";
  // `process` turns ::ffff:127.0.0.1 into the IPv4 address that is really called.
  const parsed = ipaddr.process(address);
  if (METADATA.has(parsed.toString())) return "never";
  if (parsed instanceof ipaddr.IPv4) return reachOfV4(parsed);
  const range = parsed.range();
  if (INSIDE_V6.has(range)) return "inside";
  return range === "unicast" && parsed.match(GLOBAL_UNICAST) ? "public" : "never";
}

function reachOfV4(address: ipaddr.IPv4): Reach {
  const range = address.range();
  if (range === "unicast") return "public";
  return NEVER_V4.has(range) ? "never" : "inside";
}
