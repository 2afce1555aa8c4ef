import type { LookupAddress, LookupOptions } from "node:dns";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "../../shared/errors";
import type { Resolve } from "./check-url";
import type { OutboundGuard } from "./guard";

/**
 * Opens connections to one origin, judging the address that is really connected to: literal
 * addresses before, looked-up ones in the look-up itself, and what the socket says once it is open.
 * One bad address among several refuses the host.
 */
export function guardedConnector(
  guard: OutboundGuard,
  resolve: Resolve,
  port: number,
  connectMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectMs,
    lookup: guardedLookup(guard, resolve, port),
    // The connector adds the host and port of each call; the type wants a port here already.
    port,
  });
  return (options, callback) => {
    const { hostname } = options;
    const literal = isIP(hostname) ? guard.refuseAddress(hostname, port, hostname) : null;
    const refusal = literal ?? guard.refuseHost(hostname, port);
    if (refusal) return queueMicrotask(() => callback(refusedCall(refusal), null));
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      const late = judgeSocket(guard, hostname, port, socket);
      if (!late) return callback(null, socket);
      socket.destroy();
      callback(refusedCall(late), null);
    });
  };
}

function judgeSocket(guard: OutboundGuard, host: string, port: number, socket: Socket) {
  const address = socket.remoteAddress;
  return address === undefined ? null : guard.refuseAddress(host, port, address);
}

/** The failure that an account meets whose address may not be called. */
export function refusedCall(reason: string): AppError {
  return new AppError(
    "upstream_broken",
    "The account's address may not be called.",
    {},
    new Error(`outbound call refused: ${reason}`),
  );
}

function guardedLookup(guard: OutboundGuard, resolve: Resolve, port: number): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const usable = found.filter((one) => fits(one, options));
        const refusal = firstRefusal(guard, hostname, port, usable);
        const [first] = usable;
        if (refusal) return callback(refusedCall(refusal), []);
        if (!first) return callback(notFound(hostname), []);
        if (options.all) return callback(null, [...usable]);
        callback(null, first.address, first.family);
      },
      (error) => callback(error, []),
    );
  };
}

function firstRefusal(
  guard: OutboundGuard,
  host: string,
  port: number,
  found: readonly LookupAddress[],
): string | null {
  for (const { address } of found) {
    const refusal = guard.refuseAddress(host, port, address);
    if (refusal) return refusal;
  }
  return null;
}

const fits = ({ family }: LookupAddress, options: LookupOptions) =>
  !options.family || options.family === family || options.family === `IPv${family}`;

const notFound = (host: string) =>
  Object.assign(new Error(`no address for ${host}`), { code: "ENOTFOUND" });
