import { EventStreamCodec } from "@smithy/eventstream-codec";
import { z } from "zod";
import { AppError } from "../../../shared/errors";
import { concat, decode, encode, fromLatin1 } from "../../stream/bytes";
import type { Machine } from "../../stream/machine";

/** Total length, length of the headers, checksum of both. */
const PRELUDE_BYTES = 12;
/** What AWS itself bounds a message by. */
const MAX_MESSAGE_BYTES = 24 * 1024 * 1024;
const NOTHING = new Uint8Array();

const Chunk = z.object({ bytes: z.string() });
const Typed = z.object({ type: z.string() });
const Told = z.object({ message: z.string().catch("") }).catch({ message: "" });

/** Errors that a stream may end with, in the words of the Messages API. */
const ERROR_TYPES: Readonly<Record<string, string>> = {
  throttlingException: "rate_limit_error",
  serviceUnavailableException: "overloaded_error",
  modelTimeoutException: "timeout_error",
  validationException: "invalid_request_error",
};

const codec = new EventStreamCodec(decode, encode);

/**
 * AWS' event stream in, server-sent events of the Messages API out. An exception in the stream becomes an
 * `error` event. `push` and `end` throw AppError("upstream_broken") at a frame whose checksum is wrong, or
 * that breaks off.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html
 */
export function eventStreamUnwrapper(): Machine<Uint8Array, Uint8Array> {
  let held: Uint8Array = NOTHING;
  return {
    push(chunk) {
      const bytes = held.length > 0 ? concat([held, chunk]) : chunk;
      const out: Uint8Array[] = [];
      let at = 0;
      for (let end = frameEnd(bytes, at); end > at; end = frameEnd(bytes, at)) {
        out.push(...eventOf(bytes.subarray(at, end)));
        at = end;
      }
      held = bytes.slice(at);
      return out;
    },
    end() {
      if (held.length > 0) throw broken("broke off within a frame");
      return [];
    },
  };
}

/** Where the frame at `start` ends; `start` itself while it is not whole. */
function frameEnd(bytes: Uint8Array, start: number): number {
  if (bytes.length - start < PRELUDE_BYTES) return start;
  const size = new DataView(bytes.buffer, bytes.byteOffset + start).getUint32(0);
  if (size < PRELUDE_BYTES + 4 || size > MAX_MESSAGE_BYTES) throw broken("states no such frame");
  return bytes.length - start < size ? start : start + size;
}

function eventOf(frame: Uint8Array): Uint8Array[] {
  const { headers, body } = decoded(frame);
  const header = (name: string) => String(headers[name]?.value ?? "");
  const failure = header(":exception-type") || header(":error-code");
  if (failure) return [errorEvent(failure, body)];
  if (header(":event-type") !== "chunk") return [];
  const json = inner(body);
  return [encode(`event: ${typeOf(json)}\ndata: ${json}\n\n`)];
}

function decoded(frame: Uint8Array) {
  try {
    return codec.decode(frame);
  } catch (thrown) {
    throw broken("carries a frame that is not whole", thrown);
  }
}

/** The event's JSON travels as base64 within JSON. */
function inner(body: Uint8Array): string {
  const { bytes } = parsed(Chunk, decode(body));
  return decode(fromLatin1(atob(bytes)));
}

function typeOf(json: string): string {
  return parsed(Typed, json).type;
}

function parsed<T>(schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (thrown) {
    throw broken("carries what is no event of the Messages API", thrown);
  }
}

function errorEvent(kind: string, body: Uint8Array): Uint8Array {
  const type = ERROR_TYPES[kind] ?? "api_error";
  const { message } = parsed(Told, decode(body) || "{}");
  const error = { type, message: message || `Bedrock ended the answer: ${kind}.` };
  return encode(`event: error\ndata: ${JSON.stringify({ type: "error", error })}\n\n`);
}

function broken(what: string, cause?: unknown): AppError {
  return new AppError("upstream_broken", `The upstream's event stream ${what}.`, {}, cause);
}
