import { type AppError, FAILURES, type FailureCode } from "../../shared/errors";
import { encode } from "../stream/bytes";
import { failureHeaders, failureSentence } from "./failure-headers";
import type { FailureContext, RenderedFailure } from "./protocol";

/**
 * OpenAI's own words for a failure, where it has some: the official clients and Codex tell by the code
 * whether a repetition can help. Any other failure has the portal's code.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
const CODES: Partial<Record<FailureCode, string | null>> = {
  invalid_request: null,
  unauthenticated: "invalid_api_key",
  upstream_lacks_model: "model_not_found",
  upstream_refused: null,
};

const RATE_LIMITED = { type: "rate_limit_error", code: "rate_limit_exceeded" };

/** The object that every OpenAI API states a failure by, before it is put into an envelope. */
export interface OpenAiError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** A failure in OpenAI's words. */
export function openaiError(error: AppError, context: FailureContext): OpenAiError {
  return {
    message: failureSentence(error, context),
    param: error.code === "invalid_request" ? paramOf(error.message) : null,
    ...wordsOf(error),
  };
}

/** A failure as an OpenAI client expects it; an upstream's own refusal keeps its body. */
export function openaiFailure(error: AppError, context: FailureContext): RenderedFailure {
  const { status, detail } = error;
  // The official clients show `x-request-id` with every failure.
  const id = { "x-request-id": context.requestId };
  if (error.code === "upstream_refused" && detail.body) {
    const headers = { ...failureHeaders(error, context, detail.body.contentType), ...id };
    return { status, headers, body: detail.body.bytes };
  }
  const headers = { ...failureHeaders(error, context, "application/json"), ...id };
  return { status, headers, body: encode(JSON.stringify({ error: openaiError(error, context) })) };
}

/** The same envelope as a chunk of a stream of chat or text completions. */
export function openaiFailureChunk(error: AppError, context: FailureContext): Uint8Array {
  return encode(`data: ${JSON.stringify({ error: openaiError(error, context) })}\n\n`);
}

function wordsOf({ code, status }: AppError): { type: string; code: string | null } {
  if (code === "budget_exhausted")
    return { type: "insufficient_quota", code: "insufficient_quota" };
  if (status === 429) return RATE_LIMITED;
  const callersFault = FAILURES[code].account === "keep" && FAILURES[code].log === "info";
  const known = CODES[code];
  return {
    type: callersFault ? "invalid_request_error" : "server_error",
    code: known === undefined ? code : known,
  };
}

/** The portal's own sentences about a field begin with its name. */
function paramOf(message: string): string | null {
  return /^([A-Za-z_][\w.[\]]*): /.exec(message)?.[1] ?? null;
}
