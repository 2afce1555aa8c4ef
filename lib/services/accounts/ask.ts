import { setTimeout as sleep } from "node:timers/promises";
import type { RelayPorts } from "../../relay/ports";
import type { Ask, AskAnswer, AskRequest } from "../../relay/providers/sign-in";
import type { UpstreamLimits } from "../../relay/upstream-port";

const LIMITS: UpstreamLimits = {
  connectMs: 10_000,
  firstByteMs: 20_000,
  idleMs: 10_000,
  totalMs: 30_000,
};
const MAX_ANSWER_BYTES = 256 * 1024;

/**
 * Calls of sign-ins, renewals and the like, through the portal's one way out and within 30 seconds each. Of
 * an answer `maxBytes` are kept; `proxy` is the account's own.
 */
export function askThrough(
  dispatch: RelayPorts["dispatch"],
  accountId: string,
  { maxBytes = MAX_ANSWER_BYTES, proxy = null }: AskOptions = {},
): Ask {
  return async (request) => {
    if (request.afterMs) await sleep(request.afterMs);
    return askOnce(dispatch, { accountId, proxy }, maxBytes, request);
  };
}

interface AskOptions {
  maxBytes?: number;
  proxy?: string | null;
}

function askOnce(
  dispatch: RelayPorts["dispatch"],
  caller: { accountId: string; proxy: string | null },
  maxBytes: number,
  { method, url, headers, body }: AskRequest,
): Promise<AskAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    let status = 0;
    let answered: AskAnswer["headers"] = {};
    const request = {
      ...caller,
      url: new URL(url),
      method,
      headers: { accept: "application/json", "accept-encoding": "identity", ...headers },
      body: body === null ? null : new TextEncoder().encode(body),
      limits: LIMITS,
    };
    dispatch(request, {
      onHead(code, given) {
        status = code;
        answered = given;
      },
      onData(chunk) {
        if (size < maxBytes) parts.push(chunk.slice());
        size += chunk.length;
        return true;
      },
      onEnd() {
        const text = Buffer.concat(parts).subarray(0, maxBytes).toString("utf8");
        resolve({ status, headers: answered, body: text });
      },
      onError: reject,
    });
  });
}
