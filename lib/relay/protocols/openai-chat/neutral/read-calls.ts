import type { ToolCallBlock } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { type Fields, stated, without } from "../../own-extra";
import { kept } from "./own-extra";

/** What a call, or a piece of one, tells of itself; "" for what it does not tell. */
export interface ToldCall {
  id: string;
  name: string;
  input: string;
  rest: Fields;
}

/**
 * A member of `tool_calls`, whole or a piece of one.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function toldCall(call: Fields): ToldCall {
  const isCustom = call.type === "custom" || call.custom !== undefined;
  const { name, arguments: given, input } = fields(isCustom ? call.custom : call.function);
  return {
    id: textOrNull(call.id) ?? "",
    name: textOrNull(name) ?? "",
    input: inputText(isCustom ? input : given),
    rest: stated({
      ...without(call, "id", "type", "function", "custom", "index"),
      type: isCustom ? "custom" : null,
    }),
  };
}

/** Calls of a message, the older `function_call` among them; those without an id get one from `stem`. */
export function readCalls({ tool_calls, function_call }: Fields, stem: string): ToolCallBlock[] {
  const called = fields(function_call);
  const older = textOrNull(called.name) === null ? [] : [{ function: called }];
  const given = [...(Array.isArray(tool_calls) ? tool_calls.map(fields) : []), ...older];
  return given.map((call, index) => {
    const { id, name, input, rest } = toldCall(call);
    return {
      kind: "tool-call",
      id: id === "" ? `${stem}_${index}` : id,
      name,
      input,
      signature: null,
      cache: null,
      ...kept(rest),
    };
  });
}

/** Some servers state arguments as the object itself. */
function inputText(given: unknown): string {
  if (given === null || given === undefined) return "";
  return textOrNull(given) ?? JSON.stringify(given);
}
