import { lookup } from "node:dns/promises";
import type { UpstreamHandler, UpstreamRequest } from "../../relay/upstream-port";
import type { Outbound } from "../../services/context";
import { type Clock, systemClock } from "../../shared/clock";
import { checkProxyUrl, checkUrl, portOf, type Resolve } from "./check-url";
import { guardedConnector, refusedCall } from "./connector";
import { startExchange } from "./exchange";
import { type GuardRules, type OutboundGuard, outboundGuard } from "./guard";
import { sendMailOver } from "./mail";
import { openPools } from "./pools";

export interface OutboundOptions extends GuardRules {
  /** The allow-list as it is stored: an address is saved right after its host was allowed. */
  storedHosts(): Promise<ReadonlySet<string>>;
  /** Connections per origin. */
  maxConnections: number;
  resolve?: Resolve;
  clock?: Clock;
}

export interface OutboundClient extends Outbound {
  close(): Promise<void>;
}

/**
 * The portal's only way out. Every call goes through the guard, is bounded in time and size, follows
 * no redirect, and shares one keep-alive pool per origin. Connections are opened on first use.
 */
export function openOutbound(options: OutboundOptions): OutboundClient {
  const { resolve = systemResolve, clock = systemClock } = options;
  const guard = outboundGuard(options);
  const refusalOf = judgedOnce(guard, options);
  const pools = openPools(guard, resolve, clock, options.maxConnections);
  return {
    async check(url) {
      const stored = await options.storedHosts();
      const fresh = outboundGuard({ own: options.own, allowedHosts: () => stored });
      return checkUrl(fresh, resolve, url);
    },
    async checkProxy(url) {
      const stored = await options.storedHosts();
      const fresh = outboundGuard({ own: options.own, allowedHosts: () => stored });
      return checkProxyUrl(fresh, resolve, url);
    },
    dispatch(request, handler) {
      const refusal = refusalOf(request.url);
      if (refusal) return refusedExchange(handler, refusal);
      return startExchange(pools.of(request.url, request.proxy), withBody(request), handler, clock);
    },
    async sendMail(server, mail) {
      const { host, port } = server;
      const connect = guardedConnector(guard, resolve, port, MAIL_CONNECT_MS);
      const refusal = guard.refuseHost(host, port);
      if (refusal) throw refusedCall(refusal);
      await sendMailOver(connect, server, mail);
    },
    close: () => pools.close(),
  };
}

const MAIL_CONNECT_MS = 20_000;

const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** Judges an address by its name again only when the allow-list was replaced. */
function judgedOnce(guard: OutboundGuard, { allowedHosts }: GuardRules) {
  const judged = new WeakMap<URL, { under: ReadonlySet<string>; refusal: string | null }>();
  return (url: URL): string | null => {
    const under = allowedHosts();
    const found = judged.get(url);
    if (found?.under === under) return found.refusal;
    const refusal = guard.refuseHost(url.hostname, portOf(url));
    judged.set(url, { under, refusal });
    return refusal;
  };
}

// A GET with a body is refused by many servers; undici would send it.
function withBody(request: UpstreamRequest): UpstreamRequest {
  return request.method === "GET" ? { ...request, body: null } : request;
}

function refusedExchange(handler: UpstreamHandler, reason: string) {
  let over = false;
  queueMicrotask(() => {
    if (!over) handler.onError(refusedCall(reason));
  });
  return {
    resume() {},
    abort() {
      over = true;
    },
  };
}
