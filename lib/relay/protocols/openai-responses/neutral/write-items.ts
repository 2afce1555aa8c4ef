import type { NeutralCall, Turn } from "../../../neutral";
import type { Block, ThinkingBlock, ToolCallBlock, ToolResultBlock } from "../../../neutral-blocks";
import type { Lose } from "../../loss-list";
import { type Fields, stated, without } from "../../own-extra";
import { isOwn, ownFields } from "./own-extra";
import { inputPart, outputText, referenceText } from "./write-parts";

/**
 * The conversation as items of `input`. What was said in the system's name between a call and its output
 * comes after the output.
 */
export function writeItems({ turns, tools }: NeutralCall, lose: Lose): unknown {
  const [only] = turns;
  if (turns.length === 1 && only && ownFields(only.extra).form === "input") return textOf(only);
  const custom = new Set(tools.flatMap((tool) => (tool.kind === "custom" ? [tool.name] : [])));
  const calls: OpenCalls = { custom, customIds: new Set(), unanswered: new Set() };
  const items: Fields[] = [];
  let held: Fields[] = [];
  for (const turn of turns) {
    const written = WRITERS[turn.role](turn, lose, calls);
    if (turn.role === "system" && calls.unanswered.size > 0) {
      held.push(...written);
      continue;
    }
    items.push(...written);
    if (calls.unanswered.size > 0) continue;
    items.push(...held);
    held = [];
  }
  return [...items, ...held];
}

interface OpenCalls {
  /** Names of the tools whose input is free text. */
  custom: ReadonlySet<string>;
  /** Calls of those. */
  customIds: Set<string>;
  /** Calls whose output did not come yet. */
  unanswered: Set<string>;
}

type WriteTurn = (turn: Turn, lose: Lose, calls: OpenCalls) => Fields[];

const WRITERS: Readonly<Record<Turn["role"], WriteTurn>> = {
  system: (turn, lose) => writeMessage(turn, "developer", turn.blocks, lose),
  user(turn, lose, calls) {
    const results = turn.blocks.filter((block) => block.kind === "tool-result");
    const rest = turn.blocks.filter((block) => block.kind !== "tool-result");
    const items = results.map((block) => writeResult(block, lose, calls));
    const others = rest.flatMap((block) => otherItem(block));
    const parts = rest.filter((block) => !isOtherItem(block));
    return [...items, ...others, ...writeMessage(turn, "user", parts, lose)];
  },
  assistant: writeAssistant,
};

function writeMessage(turn: Turn, role: string, blocks: readonly Block[], lose: Lose): Fields[] {
  const { form, ...own } = ownFields(turn.extra);
  const parts = blocks.flatMap((block) => messagePart(block, lose) ?? []);
  if (parts.length === 0 && !isOwn(turn.extra)) return [];
  const content = form === "content" ? textOf(turn) : parts;
  return [{ role, ...own, content }];
}

function messagePart(block: Block, lose: Lose): Fields | null {
  if (block.kind === "text" || block.kind === "image" || block.kind === "document") {
    return block.kind === "text" && block.text === "" && !isOwn(block.extra)
      ? null
      : inputPart(block, lose);
  }
  if (block.kind === "other" && isOwn(block.extra)) return block.extra.fields;
  lose("hosted-tool", block.kind);
  return null;
}

/** Parts have a type of their own too; an item that the user's side sends has an id or an output. */
function isOtherItem(block: Block): boolean {
  return block.kind === "other" && isOwn(block.extra) && !block.name.startsWith("input_");
}

function otherItem(block: Block): Fields[] {
  return block.kind === "other" && isOtherItem(block) ? [block.extra.fields] : [];
}

function writeAssistant(turn: Turn, lose: Lose, calls: OpenCalls): Fields[] {
  const items: Fields[] = [];
  let texts: Fields[] = [];
  const { form, ...own } = ownFields(turn.extra);
  const flush = () => {
    const content = form === "content" ? textOf(turn) : texts;
    if (texts.length > 0) items.push({ role: "assistant", ...own, content });
    texts = [];
  };
  for (const block of turn.blocks) {
    if (block.kind === "text") {
      if (block.text !== "" || isOwn(turn.extra)) texts.push(outputText(block));
      continue;
    }
    flush();
    items.push(...modelItem(block, lose, calls));
  }
  flush();
  const isEmpty = turn.blocks.length === 0 && isOwn(turn.extra);
  return isEmpty ? [{ role: "assistant", ...own, content: form === "content" ? "" : [] }] : items;
}

function modelItem(block: Block, lose: Lose, calls: OpenCalls): Fields[] {
  if (block.kind === "tool-call") return [writeCallItem(block, calls)];
  if (block.kind === "thinking") return writeThought(block, lose);
  if (block.kind === "redacted-thinking") {
    lose("thought", "redacted thinking");
    return [];
  }
  return ownItem(block) ?? foreignItem(block, lose);
}

/** An item that came from here, as it was; null for any other. */
export function ownItem(block: Block): Fields[] | null {
  if (!("extra" in block) || !isOwn(block.extra)) return null;
  if (block.kind === "hosted-result") return [];
  const own = ownFields(block.extra);
  if (block.kind !== "image") return [own];
  return block.source.kind === "data" ? [{ ...own, result: block.source.base64 }] : null;
}

/** An assistant's message holds no images: they are shown as the user's at the same place. */
function foreignItem(block: Block, lose: Lose): Fields[] {
  if (block.kind === "image" || block.kind === "document") {
    const part = inputPart(block, lose);
    return part ? [{ role: "user", content: [part] }] : [];
  }
  lose("hosted-tool", "name" in block ? block.name : block.kind);
  return [];
}

function writeCallItem(block: ToolCallBlock, calls: OpenCalls): Fields {
  const own = ownFields(block.extra);
  const isCustom = own.type === "custom_tool_call" || calls.custom.has(block.name);
  calls.unanswered.add(block.id);
  if (isCustom) calls.customIds.add(block.id);
  return callItem(block, isCustom, own);
}

/** A call of a function, or of a tool whose input is free text. */
export function callItem(
  { id, name, input }: Pick<ToolCallBlock, "id" | "name" | "input">,
  isCustom: boolean,
  own: Fields,
): Fields {
  const call = { ...own, call_id: id, name };
  if (isCustom) return { ...call, type: "custom_tool_call", input };
  return { ...call, type: "function_call", arguments: input === "" ? "{}" : input };
}

function writeThought(block: ThinkingBlock, lose: Lose): Fields[] {
  if (block.signature === null && !isOwn(block.extra)) {
    lose("thought", "thinking without a signature");
    return [];
  }
  return [reasoningItem(block)];
}

/** Thoughts as an item: their text is its summary. */
export function reasoningItem({ text, signature, extra }: ThinkingBlock): Fields {
  const summary = text === "" ? [] : [{ type: "summary_text", text }];
  const own = ownFields(extra);
  return stated({ type: "reasoning", summary, ...own, encrypted_content: signature });
}

function writeResult(block: ToolResultBlock, lose: Lose, calls: OpenCalls): Fields {
  const own = ownFields(block.extra);
  calls.unanswered.delete(block.callId);
  const type = calls.customIds.has(block.callId)
    ? "custom_tool_call_output"
    : "function_call_output";
  const output = outputOf(block, own.form === "parts", lose);
  return { type, ...without(own, "form"), call_id: block.callId, output };
}

/** That a tool failed is said by its text alone: there is no field for it. */
function outputOf({ content }: ToolResultBlock, asParts: boolean, lose: Lose): unknown {
  const texts = content.flatMap((block) => {
    if (block.kind === "text") return [block.text];
    return block.kind === "tool-reference" ? [referenceText(block.name)] : [];
  });
  if (!asParts && texts.length === content.length) return texts.join("\n");
  return content.flatMap((block) => inputPart(block, lose) ?? []);
}

function textOf({ blocks }: Turn): string {
  return blocks.map((block) => (block.kind === "text" ? block.text : "")).join("");
}
