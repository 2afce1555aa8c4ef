import type { NeutralCall } from "../../../neutral";
import { encode } from "../../../stream/bytes";
import { type Lose, lossList } from "../../loss-list";
import { effortsOf } from "../../openai-efforts";
import { loseUnsaid } from "../../openai-lose-unsaid";
import { type Fields, stated, without } from "../../own-extra";
import type { CallTarget, Written } from "../../translator";
import { isOwn, ownFields } from "./own-extra";
import { writeItems } from "./write-items";
import { writeSettings } from "./write-settings";
import { maxToolCalls, writeToolChoice, writeTools } from "./write-tools";

/** What a count of a call's tokens takes. */
const COUNTED = [
  "conversation",
  "input",
  "instructions",
  "model",
  "parallel_tool_calls",
  "previous_response_id",
  "reasoning",
  "text",
  "tool_choice",
  "tools",
  "truncation",
];

/**
 * A call for an upstream of this protocol. One that came in another protocol is never kept there, and
 * thoughts come back encrypted, for its client to send again.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function writeCall(call: NeutralCall, { model, action }: CallTarget): Written {
  const { lose, list } = lossList();
  loseUnsaid(call, "openai-responses", lose);
  const instructions = call.system.map(({ text }) => text).join("\n\n");
  const tools = writeTools(call.tools, lose);
  // A choice among no tools is refused.
  const chooses = tools.length > 0 || isOwn(call.extra);
  const own = without(ownFields(call.extra), "reasoning", "text");
  const body: Fields = {
    model,
    ...own,
    ...(isOwn(call.extra) ? {} : stateless(call, model)),
    ...(call.system.length > 0 ? { instructions } : {}),
    ...inputOf(call, lose),
    ...(tools.length > 0 ? { tools } : {}),
    ...stated({ tool_choice: chooses ? writeToolChoice(call, lose) : null }),
    ...writeSettings(call, model, lose),
    ...stated({ max_tool_calls: maxToolCalls(call.tools, lose) }),
    ...(call.stream ? { stream: true } : {}),
  };
  return { body: encode(JSON.stringify(ofAction(body, action))), losses: list() };
}

function ofAction(body: Fields, action: CallTarget["action"]): Fields {
  if (action === "generate") return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => COUNTED.includes(name)));
}

function inputOf(call: NeutralCall, lose: Lose): Fields {
  return call.turns.length === 0 && isOwn(call.extra) ? {} : { input: writeItems(call, lose) };
}

function stateless({ logprobs }: NeutralCall, model: string): Fields {
  const include = [
    ...(effortsOf(model).length > 0 ? ["reasoning.encrypted_content"] : []),
    ...(logprobs ? ["message.output_text.logprobs"] : []),
  ];
  return { store: false, ...(include.length > 0 ? { include } : {}) };
}
