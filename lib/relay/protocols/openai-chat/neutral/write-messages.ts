import type { NeutralCall, Turn } from "../../../neutral";
import type { Block, ToolResultBlock } from "../../../neutral-blocks";
import type { Lose } from "../../loss-list";
import { type Fields, without } from "../../own-extra";
import type { ModelTraits } from "./model-traits";
import { isOwn, ownFields } from "./own-extra";
import { type ResultIndex, resultIndex } from "./result-index";
import { assistantMessage, type CustomTools, shownByUser } from "./write-assistant";
import { referenceText, userPart } from "./write-parts";

interface Writing {
  lose: Lose;
  results: ResultIndex;
  custom: CustomTools;
}

/**
 * The conversation as messages. Results of tools stand directly after the message that called them, one
 * for each call; what else was said meanwhile comes after them.
 */
export function writeMessages(call: NeutralCall, traits: ModelTraits, lose: Lose): Fields[] {
  const turns = isOwn(call.extra) ? call.turns : joined(call.turns);
  const names = call.tools.flatMap((tool) => (tool.kind === "custom" ? [tool.name] : []));
  const custom = { names: new Set(names), native: traits.customTools };
  const writing: Writing = { lose, results: resultIndex(turns), custom };
  const messages = turns.flatMap((turn, index) => WRITERS[turn.role](turn, index, writing));
  return [...writeSystem(call), ...messages];
}

/** The instructions as one message: many servers take no second one. */
function writeSystem({ system, extra }: NeutralCall): Fields[] {
  const texts = system.map(({ text }) => text);
  const said = isOwn(extra) ? texts : [texts.filter(Boolean).join("\n\n")].filter(Boolean);
  return said.map((content) => ({ role: "system", content }));
}

/** Where each item is a turn of its own, those of one answer are one message here. */
function joined(turns: readonly Turn[]): Turn[] {
  const all: Turn[] = [];
  for (const turn of turns) {
    const last = all.at(-1);
    if (turn.role !== "assistant" || last?.role !== "assistant") all.push(turn);
    else all[all.length - 1] = { ...last, blocks: [...last.blocks, ...turn.blocks] };
  }
  return all;
}

type WriteTurn = (turn: Turn, index: number, writing: Writing) => Fields[];

const WRITERS: Readonly<Record<Turn["role"], WriteTurn>> = {
  system: writeInstructions,
  user: writeUser,
  assistant: writeAssistant,
};

function writeInstructions(turn: Turn, _: number, { lose }: Writing): Fields[] {
  const own = ownFields(turn.extra);
  const { text, others } = byText(turn.blocks);
  const shown = content(others, lose, {});
  const said = text === "" && !isOwn(turn.extra) ? [] : [text];
  return [
    ...said.map((content) => ({ role: "system", ...without(own, "form"), content })),
    // Only users show images.
    ...(shown === null ? [] : [{ role: "user", content: shown }]),
  ];
}

function byText(blocks: readonly Block[]) {
  const texts = blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
  return {
    text: texts.filter(Boolean).join("\n\n"),
    others: blocks.filter(({ kind }) => kind !== "text"),
  };
}

function writeUser(turn: Turn, _: number, { lose, results }: Writing): Fields[] {
  const own = ownFields(turn.extra);
  const blocks = turn.blocks.flatMap((block): Block[] => {
    if (block.kind !== "tool-result") return [block];
    // A result without its call is refused as such, and said as a text.
    return results.isTaken(block) ? [] : [...block.content.flatMap(asBlock)];
  });
  const said = content(blocks, lose, own);
  if (said !== null) return [{ role: "user", ...without(own, "form"), content: said }];
  return turn.blocks.length === 0 && isOwn(turn.extra) ? [{ role: "user", content: "" }] : [];
}

function asBlock(block: ToolResultBlock["content"][number]): Block[] {
  if (block.kind !== "tool-reference") return [block];
  const text = referenceText(block.name);
  return [{ kind: "text", text, citations: [], cache: null, signature: null }];
}

/** One text is a text, more are parts; null when there is nothing to say. */
function content(blocks: readonly Block[], lose: Lose, own: Fields): unknown {
  const parts = blocks.map((block) => partOf(block, lose)).filter((part) => part !== null);
  const [only] = parts;
  if (!only) return null;
  const isPlain = parts.length === 1 && only.type === "text" && Object.keys(only).length === 2;
  return isPlain && own.form !== "parts" ? only.text : parts;
}

function partOf(block: Block, lose: Lose): Fields | null {
  if (block.kind === "text" || block.kind === "image" || block.kind === "document") {
    const isEmpty = block.kind === "text" && block.text === "" && !isOwn(block.extra);
    return isEmpty ? null : userPart(block, lose);
  }
  if (block.kind === "other" && isOwn(block.extra)) return block.extra.fields;
  lose(block.kind === "other" ? "other-fields" : "hosted-tool", nameOf(block));
  return null;
}

function nameOf(block: Block): string {
  return "name" in block && block.name ? block.name : block.kind;
}

function writeAssistant(turn: Turn, index: number, writing: Writing): Fields[] {
  const { lose, results, custom } = writing;
  const message = assistantMessage(turn, custom, lose);
  const answers = turn.blocks.flatMap((block) =>
    block.kind === "tool-call" ? [{ id: block.id, result: results.take(block.id, index) }] : [],
  );
  const shown = [
    ...shownByUser(turn.blocks),
    ...answers.flatMap(({ result }) => shownByUser(result?.content ?? [])),
  ];
  const images = content(shown, lose, { form: "parts" });
  return [
    ...(message ? [message] : []),
    ...answers.map(({ id, result }) => toolMessage(id, result)),
    ...(images === null ? [] : [{ role: "user", content: images }]),
  ];
}

/** That a tool failed is said by its text alone, and that it was never answered by an empty one. */
function toolMessage(id: string, result: ToolResultBlock | null): Fields {
  const blocks = result?.content ?? [];
  const texts = blocks.flatMap((block) => {
    if (block.kind === "tool-reference") return [referenceText(block.name)];
    return block.kind === "text" ? [block.text] : [];
  });
  const own = ownFields(result?.extra);
  return { role: "tool", ...own, tool_call_id: id, content: texts.join("\n") };
}
