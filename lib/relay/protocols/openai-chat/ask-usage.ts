import type { CallFacts } from "../../model";
import { concat, encode } from "../../stream/bytes";
import { spliceString } from "../../stream/splice";

const OPENING = 0x7b;
const ASKING = encode('"stream_options":{"include_usage":true},');

/**
 * The body with the sent model's name, and with the wish for usage where the client streams and has none
 * of its own: without it a stream states no usage at all, and the bill would be an estimate.
 * @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options
 */
export function askingForUsage(body: Uint8Array, facts: CallFacts, model: string): Uint8Array {
  const { modelSpan, model: asked, usageUnasked } = facts;
  const named = modelSpan && model !== asked ? spliceString(body, modelSpan, model) : body;
  const opening = usageUnasked ? named.indexOf(OPENING) : -1;
  if (opening < 0) return named;
  return concat([named.subarray(0, opening + 1), ASKING, named.subarray(opening + 1)]);
}
