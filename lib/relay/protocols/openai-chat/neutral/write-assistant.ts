import type { Turn } from "../../../neutral";
import type { Block, ResultContent, TextBlock, ToolCallBlock } from "../../../neutral-blocks";
import { wrappedText } from "../../custom-input";
import { fields, parseJson } from "../../json-fields";
import type { Lose } from "../../loss-list";
import { type Fields, without } from "../../own-extra";
import { isOwn, ownFields } from "./own-extra";

/** Tools whose input is free text, and whether the model takes such tools as they are. */
export interface CustomTools {
  names: ReadonlySet<string>;
  native: boolean;
}

/** A model's own turn as one message; null when nothing of it is left to say. */
export function assistantMessage(turn: Turn, custom: CustomTools, lose: Lose): Fields | null {
  const own = ownFields(turn.extra);
  const message: Message = { said: [], calls: [], thoughts: {} };
  for (const block of turn.blocks) takeBlock(block, message, custom, lose);
  const { said, calls, thoughts } = message;
  const isEmpty = said.length === 0 && calls.length === 0;
  if (isEmpty && !isOwn(turn.extra) && turn.blocks.length > 0) return null;
  return {
    role: "assistant",
    ...without(own, "form"),
    ...thoughts,
    content: isEmpty ? "" : contentOf(said, own.form === "parts"),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

interface Message {
  said: Fields[];
  calls: Fields[];
  /** Only such as this protocol's caller sent itself. */
  thoughts: Fields;
}

function takeBlock(block: Block, into: Message, custom: CustomTools, lose: Lose): void {
  if (block.kind === "text") takeText(block, into, lose);
  else if (block.kind === "tool-call") into.calls.push(callOf(block, custom));
  else if (block.kind === "thinking" && isOwn(block.extra)) {
    into.thoughts = { reasoning_content: block.text };
  } else loseBlock(block, lose);
}

function takeText(block: TextBlock, into: Message, lose: Lose): void {
  if (block.citations.length > 0) lose("citations", "citations of earlier answers");
  if (block.text !== "" || isOwn(block.extra)) into.said.push(saidPart(block));
}

function saidPart({ text, extra }: TextBlock): Fields {
  const own = ownFields(extra);
  if (own.type === "refusal") return { type: "refusal", refusal: text };
  return { type: "text", ...own, text };
}

/** A text, as every server takes it; parts only where there is more than text to tell. */
function contentOf(said: readonly Fields[], asParts: boolean): unknown {
  if (said.length === 0) return null;
  const isPlain = said.every((part) => part.type === "text" && Object.keys(part).length === 2);
  if (asParts || !isPlain) return said;
  return said.map(({ text }) => text).join("");
}

/** Images and documents are not among the lost: a user's message shows them. */
function loseBlock(block: Block, lose: Lose): void {
  if (block.kind === "thinking" || block.kind === "redacted-thinking") {
    lose("thought", "thinking");
  } else if (block.kind === "other") {
    lose("other-fields", block.name);
  } else if (block.kind === "hosted-call" || block.kind === "hosted-result") {
    lose("hosted-tool", block.tool);
  }
}

/** Blocks that only a user's message can show. */
export function shownByUser(blocks: readonly (Block | ResultContent)[]): Block[] {
  return blocks.flatMap((block) =>
    block.kind === "image" || block.kind === "document" ? [block] : [],
  );
}

function callOf({ id, name, input, extra }: ToolCallBlock, custom: CustomTools): Fields {
  const own = ownFields(extra);
  const isCustom = own.type === "custom" || custom.names.has(name);
  const rest = without(own, "type");
  if (isCustom && (custom.native || isOwn(extra))) {
    return { id, type: "custom", ...rest, custom: { name, input } };
  }
  const args = isCustom ? wrappedText(input) : argumentsOf(input, isOwn(extra));
  return { id, type: "function", ...rest, function: { name, arguments: args } };
}

/** Servers that read the arguments take an object only; free text comes from tools that were custom ones. */
function argumentsOf(input: string, isOwnCall: boolean): string {
  if (input === "") return "{}";
  const isObject = isOwnCall || Object.keys(fields(parseJson(input))).length > 0;
  return isObject || input.trim() === "{}" ? input : wrappedText(input);
}
