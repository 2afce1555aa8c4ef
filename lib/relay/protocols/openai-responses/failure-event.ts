import type { AppError } from "../../../shared/errors";
import { concat, encode } from "../../stream/bytes";
import { openaiError } from "../openai-failure";
import { openaiFailureEvent } from "../openai-failure-event";
import type { FailureContext } from "../protocol";

/**
 * A failure inside a stream, said twice, as OpenAI's own servers do: its SDKs throw at an `error` event
 * and take `response.failed` for one more state of the response, Codex reads `response.failed` alone.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming/response/failed
 */
export function responsesFailureEvents(error: AppError, context: FailureContext): Uint8Array {
  const { code, message, type } = openaiError(error, context);
  const response = {
    id: `resp_${context.requestId}`,
    object: "response",
    created_at: 0,
    status: "failed",
    error: { code: code ?? type, message },
    incomplete_details: null,
    output: [],
    usage: null,
  };
  const event = { type: "response.failed", sequence_number: 0, response };
  const failed = encode(`event: response.failed\ndata: ${JSON.stringify(event)}\n\n`);
  return concat([openaiFailureEvent(error, context), failed]);
}
