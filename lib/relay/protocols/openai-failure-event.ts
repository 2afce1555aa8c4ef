import type { AppError } from "../../shared/errors";
import { encode } from "../stream/bytes";
import { openaiError } from "./openai-failure";
import type { FailureContext } from "./protocol";

/**
 * A failure as the `error` event of a stream with named events. Its details stand both as the reference
 * states them and nested, as OpenAI's servers send them and its Python SDK looks for them. How many
 * events went before is not known here, so it has the number 0.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming/error
 */
export function openaiFailureEvent(error: AppError, context: FailureContext): Uint8Array {
  const stated = openaiError(error, context);
  const { code, message, param } = stated;
  const event = { type: "error", sequence_number: 0, code, message, param, error: stated };
  return encode(`event: error\ndata: ${JSON.stringify(event)}\n\n`);
}
