import { Pool } from "undici";
import type { Clock } from "../../shared/clock";
import { perObject } from "../../shared/per-object";
import { portOf, type Resolve } from "./check-url";
import { guardedConnector } from "./connector";
import type { OutboundGuard } from "./guard";
import { proxiedConnector } from "./proxied-connector";

/** Origins whose connections are kept; the longest unused ones are closed beyond that. */
const MAX_ORIGINS = 256;
const MAX_HEAD_BYTES = 32 * 1024;
/** Upper bound of a connection attempt; each call has its own, shorter limit. */
const CONNECT_MS = 30_000;
/**
 * Short on purpose: a request sent into a connection that the other side is just closing fails, and
 * a call to a model must not be repeated blindly. A server that promises longer is believed.
 */
const KEEP_ALIVE_MS = 4_000;

export interface Pools {
  /** The shared keep-alive pool of the URL's origin, of its own for each proxy. */
  of(url: URL, proxy?: string | null): Pool;
  close(): Promise<void>;
}

interface Entry {
  pool: Pool;
  listed: boolean;
  lastUsedMs: number;
}

/** One bounded pool of guarded connections per origin and proxy. */
export function openPools(
  guard: OutboundGuard,
  resolve: Resolve,
  clock: Clock,
  maxConnections: number,
): Pools {
  const byOrigin = new Map<string, Entry>();
  const retire = (name: string, { pool }: Entry) => {
    byOrigin.delete(name);
    void pool.close();
  };
  const connector = (url: URL, proxy: URL | null) => {
    if (!proxy) return guardedConnector(guard, resolve, portOf(url), CONNECT_MS);
    const toProxy = guardedConnector(guard, resolve, portOf(proxy), CONNECT_MS);
    return proxiedConnector(proxy, toProxy, portOf(url), CONNECT_MS);
  };
  const open = (url: URL, proxy: string | null, name: string, listed: boolean): Entry => {
    if (byOrigin.size >= MAX_ORIGINS) retire(...longestUnused(byOrigin));
    const pool = new Pool(url.origin, {
      connect: connector(url, proxy === null ? null : new URL(proxy)),
      connections: maxConnections,
      pipelining: 1,
      maxHeaderSize: MAX_HEAD_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const entry = { pool, listed, lastUsedMs: 0 };
    byOrigin.set(name, entry);
    return entry;
  };
  const placeOf = perObject((url: URL) => ({
    origin: url.origin,
    host: url.hostname,
    port: portOf(url),
  }));
  return {
    of(url, proxy = null) {
      const { origin, host, port } = placeOf(url);
      // A space is in neither of them.
      const name = proxy === null ? origin : `${proxy} ${origin}`;
      const listed = proxy === null ? guard.isListed(host, port) : isProxyListed(guard, proxy);
      const known = byOrigin.get(name);
      // Connections that an entry of the allow-list made possible end with the entry.
      if (known && known.listed !== listed) retire(name, known);
      const entry = known?.listed === listed ? known : open(url, proxy, name, listed);
      entry.lastUsedMs = clock.monotonicMs();
      return entry.pool;
    },
    async close() {
      const pools = [...byOrigin.values()].map(({ pool }) => pool.destroy());
      byOrigin.clear();
      await Promise.all(pools);
    },
  };
}

function isProxyListed(guard: OutboundGuard, proxy: string): boolean {
  const url = new URL(proxy);
  return guard.isListed(url.hostname, portOf(url));
}

function longestUnused(byOrigin: Map<string, Entry>): [string, Entry] {
  return [...byOrigin].reduce((oldest, one) =>
    one[1].lastUsedMs < oldest[1].lastUsedMs ? one : oldest,
  );
}
