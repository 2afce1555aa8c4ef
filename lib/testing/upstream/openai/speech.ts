import type { UpstreamCall } from "../call";
import type { Reply } from "../reply";
import { bearerOf, type Speech, USUAL_RETRY_AFTER_SECONDS } from "../speech";
import type { Handlers, UpstreamWorld } from "../world";
import { OpenAiRefusal, openaiFailure, openaiLimitHeaders } from "./failure";

const MISSING_KEY =
  "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.";

/** One of OpenAI's protocols: keys, refusals and errors are the same for all of them. */
export function openaiSpeech(handlers: Handlers): Speech {
  return {
    idPrefix: "req_",
    keyring: "openai",
    streamsByBody: true,
    keyOf: bearerOf,
    refuseKey: ({ id, key }) => openaiFailure(id, 401, wrongKey(key)),
    refusePath: ({ id, method, path }) =>
      openaiFailure(id, 404, { message: `Invalid URL (${method} ${path})` }),
    failWith(fault, { id }) {
      const retryAfter = fault.retryAfterSeconds ?? USUAL_RETRY_AFTER_SECONDS;
      const limits = fault.status === 429 ? openaiLimitHeaders(retryAfter) : {};
      const wait: Record<string, string> =
        fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfter) };
      const error = {
        ...(fault.message === undefined ? {} : { message: fault.message }),
        ...(fault.code === undefined ? {} : { code: fault.code }),
      };
      return openaiFailure(id, fault.status, error, { ...limits, ...wait, ...fault.headers });
    },
    handle: (call, world) => handleOpenAi(call, world, handlers),
  };
}

function handleOpenAi(call: UpstreamCall, world: UpstreamWorld, handlers: Handlers): Reply {
  try {
    const handle = handlers[call.action];
    if (handle !== undefined) return handle(call, world);
    return openaiFailure(call.id, 404, { message: `Invalid URL (${call.method} ${call.path})` });
  } catch (error) {
    if (!(error instanceof OpenAiRefusal)) throw error;
    const { status, message, param, code } = error;
    return openaiFailure(call.id, status, { message, type: "invalid_request_error", param, code });
  }
}

function wrongKey(key: string): { message: string; code: string | null } {
  if (key === "") return { message: MISSING_KEY, code: null };
  const shown = `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}`;
  return {
    message: `Incorrect API key provided: ${shown}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    code: "invalid_api_key",
  };
}
