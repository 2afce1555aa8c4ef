import type { NeutralCall } from "../../../neutral";
import { encode } from "../../../stream/bytes";
import { fields } from "../../json-fields";
import { type Lose, lossList } from "../../loss-list";
import { loseUnsaid } from "../../openai-lose-unsaid";
import { type Fields, stated, without } from "../../own-extra";
import type { CallTarget, Written } from "../../translator";
import { type ModelTraits, traitsOf } from "./model-traits";
import { isOwn, ownFields } from "./own-extra";
import { writeMessages } from "./write-messages";
import { writeSettings } from "./write-settings";
import { writeToolChoice, writeTools } from "./write-tools";

/**
 * A call for an upstream of this protocol, in the words that the model's name is known to take. There is
 * no endpoint that counts such a call's tokens: it looks the same for both actions.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function writeCall(call: NeutralCall, { model }: CallTarget): Written {
  const { lose, list } = lossList();
  loseUnsaid(call, "openai-chat", lose);
  const traits = traitsOf(model);
  const own = ownFields(call.extra);
  const body: Fields = {
    model,
    ...without(own, "stream_options"),
    messages: writeMessages(call, traits, lose),
    ...toolFields(call, traits, lose),
    ...writeSettings(call, traits, lose),
    ...(call.stream ? streaming(own) : {}),
  };
  return { body: encode(JSON.stringify(body)), losses: list() };
}

/** A choice among no tools is refused. */
function toolFields(call: NeutralCall, traits: ModelTraits, lose: Lose): Fields {
  const written = writeTools(call.tools, traits, lose);
  if (!written.tools && !isOwn(call.extra)) return written;
  const choice = writeToolChoice(call, traits, lose);
  const parallel = parallelOf(call, traits, lose);
  return { ...written, ...stated({ tool_choice: choice, parallel_tool_calls: parallel }) };
}

function parallelOf({ parallelTools, extra }: NeutralCall, traits: ModelTraits, lose: Lose) {
  if (traits.parallelSwitch || isOwn(extra)) return parallelTools;
  if (parallelTools === false) lose("parallel-switch", "parallel_tool_calls");
  return null;
}

/** Usage is asked for whoever pays: the bill is made of it. */
function streaming(own: Fields): Fields {
  return { stream: true, stream_options: { ...fields(own.stream_options), include_usage: true } };
}
