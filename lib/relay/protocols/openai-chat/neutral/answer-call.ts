import type { ToolCallBlock } from "../../../neutral-blocks";
import { freeText, isCustomTool } from "../../custom-input";
import { type Fields, without } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import { stem } from "./completion-head";
import { ownFields } from "./own-extra";

type Called = Pick<ToolCallBlock, "id" | "name" | "extra">;

/** Is the caller told of it as a tool whose input is free text? */
export function isCustomCall({ name, extra }: Called, facts: AnswerFacts): boolean {
  return ownFields(extra).type === "custom" || isCustomTool(name, facts);
}

/** A call as a member of `tool_calls`, its input as far as it goes. */
export function answeredCall(
  call: Called,
  input: string,
  index: number,
  facts: AnswerFacts,
): Fields {
  const id = call.id === "" ? `call_${stem(facts)}_${index}` : call.id;
  const rest = without(ownFields(call.extra), "type");
  const { name } = call;
  if (isCustomCall(call, facts)) {
    return { id, type: "custom", ...rest, custom: { name, input: freeText(input) } };
  }
  return { id, type: "function", ...rest, function: { name, arguments: input } };
}
