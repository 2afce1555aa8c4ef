import type { NeutralCall, Turn } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import type { Lose } from "../../loss-list";
import { arrange } from "./arrange-turns";
import type { Message } from "./message";
import type { ModelTraits } from "./model-traits";
import { type Json, ownFields } from "./wire";
import { type BlockContext, writeBlock } from "./write-blocks";

/** Prompt and conversation, in an order that Anthropic accepts. */
export function writeTurns(
  call: NeutralCall,
  traits: ModelTraits,
  lose: Lose,
): { system: readonly Json[]; messages: readonly Message[] } {
  const context = contextOf(call, lose);
  const written = call.turns.flatMap((turn) => writeTurn(turn, context));
  const first = written.findIndex((message) => !isPrompt(message));
  const leading = written.slice(0, first < 0 ? written.length : first);
  const system = writeAll(call.system, context);
  return {
    // Instructions before the first message belong to the top-level prompt.
    system: [...system, ...leading.flatMap(({ content }) => content)],
    messages: arrange(written.slice(leading.length), traits),
  };
}

function contextOf({ tools, turns }: NeutralCall, lose: Lose): BlockContext {
  const custom = tools.filter(({ kind }) => kind === "custom");
  const results = turns.flatMap(({ blocks }) =>
    blocks.filter((one) => one.kind === "hosted-result"),
  );
  const foreign = results.filter(({ extra }) => extra?.protocol !== "anthropic");
  return {
    lose,
    freeText: new Set(custom.map(({ name }) => name)),
    borrowed: new Set(foreign.map(({ callId }) => callId)),
  };
}

/** Only users show images and documents: those of an answer follow it as a message of theirs. */
function writeTurn({ role, blocks, extra }: Turn, context: BlockContext): Message[] {
  const content = writeAll(blocks, context);
  const rest = ownFields(extra);
  const shown = role === "user" ? [] : content.filter(isMedia);
  if (shown.length === 0) return [{ role, content, rest }];
  const said = content.filter((block) => !isMedia(block));
  return [
    { role, content: said, rest },
    { role: "user", content: shown, rest: {} },
  ];
}

function isMedia({ type }: Json): boolean {
  return type === "image" || type === "document";
}

function writeAll(blocks: readonly Block[], context: BlockContext): Json[] {
  return blocks.map((block) => writeBlock(block, context)).filter((json) => json !== null);
}

/** A system message without own fields; those with some may stand anywhere. */
function isPrompt({ role, content, rest }: Message): boolean {
  const isText = content.every(({ type }) => type === "text");
  return role === "system" && isText && Object.keys(rest).length === 0;
}
