import type { NeutralCall, Turn } from "../../../neutral";
import type { Block, DocumentBlock, ImageBlock, ToolResultBlock } from "../../../neutral-blocks";
import type { LossList } from "./loss-list";
import { writeMedia } from "./media";
import type { ModelTraits } from "./model-traits";
import { ownFields } from "./own-extra";
import type { Message } from "./proto-fields";
import { callPart, signed } from "./write-answer-parts";
import { type CallNames, referenceText, writeResult } from "./write-result";

interface Writing {
  traits: ModelTraits;
  losses: LossList;
  calls: CallNames;
}

interface Gathered {
  role: "user" | "model";
  blocks: Block[];
}

/**
 * The conversation as contents of alternating roles. Results lie directly after the calls that they
 * answer, in the order of the calls and before all else; an empty conversation gets an empty text, for
 * Google refuses none.
 * @see https://ai.google.dev/gemini-api/docs/function-calling#parallel_function_calling
 */
export function writeContents(
  { turns }: NeutralCall,
  traits: ModelTraits,
  losses: LossList,
): Message[] {
  const gathered = alternating(turns);
  const writing = { traits, losses, calls: callNames(turns) };
  const contents = gathered
    .map(({ role, blocks }, index) => {
      const before = gathered[index - 1]?.blocks ?? [];
      const parts = role === "model" ? blocks : inOrder(blocks, before);
      return { role, parts: writeParts(parts, writing) };
    })
    .filter(({ parts }) => parts.length > 0);
  return contents.length > 0 ? contents : [{ role: "user", parts: [{ text: "" }] }];
}

/** Google has no role for instructions in mid-conversation: they are said where the user speaks. */
function alternating(turns: readonly Turn[]): Gathered[] {
  const gathered: Gathered[] = [];
  for (const { role, blocks } of turns) {
    if (blocks.length === 0) continue;
    const wanted = role === "assistant" ? "model" : "user";
    const last = gathered.at(-1);
    if (last?.role === wanted) last.blocks.push(...blocks);
    else gathered.push({ role: wanted, blocks: [...blocks] });
  }
  return gathered;
}

function callNames(turns: readonly Turn[]): CallNames {
  const calls = turns.flatMap(({ blocks }) =>
    blocks.flatMap((block): [string, string][] =>
      block.kind === "tool-call" ? [[block.id, block.name]] : [],
    ),
  );
  return new Map(calls);
}

function inOrder(blocks: readonly Block[], before: readonly Block[]): readonly Block[] {
  const ids = before.flatMap((block) => (block.kind === "tool-call" ? [block.id] : []));
  const isAnswer = (block: Block): block is ToolResultBlock =>
    block.kind === "tool-result" && ids.includes(block.callId);
  const answers = blocks.filter(isAnswer);
  return [
    ...answers.sort((a, b) => ids.indexOf(a.callId) - ids.indexOf(b.callId)),
    ...blocks.filter((block) => !isAnswer(block)).flatMap(withoutCall),
  ];
}

/**
 * What a tool gave whose call is not there, such as one that only OpenAI's stored conversation holds:
 * Google takes no response without its call, so its contents are said plainly.
 */
function withoutCall(block: Block): readonly Block[] {
  if (block.kind !== "tool-result") return [block];
  return block.content.map((one) =>
    one.kind === "tool-reference" ? textBlockOf(referenceText(one)) : one,
  );
}

function textBlockOf(text: string): Block {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

/** Media that a result of an older model cannot hold stand after all results. */
function writeParts(blocks: readonly Block[], writing: Writing): Message[] {
  const parts: Message[] = [];
  const beside: Message[] = [];
  for (const block of blocks) {
    if (block.kind !== "tool-result") {
      parts.push(...beside.splice(0), ...writeBlock(block, writing));
      continue;
    }
    const written = writeResult(block, writing);
    parts.push(written.part);
    beside.push(...written.beside);
  }
  return [...parts, ...beside];
}

function writeBlock(block: Exclude<Block, ToolResultBlock>, writing: Writing): Message[] {
  const { losses, traits } = writing;
  losses.addForeign(block.kind === "other" ? undefined : block.extra);
  switch (block.kind) {
    case "text":
      if (block.citations.length > 0) losses.add("citations", "citations");
      return [{ text: block.text, ...signed(block.signature), ...ownFields(block.extra) }];
    case "thinking":
      // Models that do not think take no thoughts.
      if (traits.thinking) {
        const { text, signature, extra } = block;
        return [{ text, thought: true, ...signed(signature), ...ownFields(extra) }];
      }
      losses.add("thought", "thinking");
      return [];
    case "redacted-thinking":
      losses.add("thought", "redacted_thinking");
      return [];
    case "tool-call":
      return [{ ...callPart(block), ...ownFields(block.extra) }];
    case "image":
    case "document":
      return writeMediaBlock(block, losses);
    default:
      return writeOwnPart(block, losses);
  }
}

function writeMediaBlock(block: ImageBlock | DocumentBlock, losses: LossList): Message[] {
  const { source, extra } = block;
  if (block.kind === "image" && block.detail !== null && block.detail !== "auto") {
    losses.add("image-detail", "detail");
  }
  if (block.kind === "document" && block.name !== null) losses.add("document-form", "name");
  const data = writeMedia(source);
  if (!data) {
    losses.add("file-reference", block.kind);
    return [];
  }
  // Only a function's response may name its media.
  const { displayName: _, ...rest } = ownFields(extra);
  return [{ ...data, ...rest }];
}

/** What only Google knows passes as it came; of other providers' own calls nothing is understood. */
function writeOwnPart(
  block: Extract<Block, { kind: "hosted-call" | "hosted-result" | "other" }>,
  losses: LossList,
): Message[] {
  const own = ownFields(block.extra);
  if (Object.keys(own).length > 0) return [own];
  if (block.kind === "other") losses.add("other-fields", block.name);
  else losses.add("hosted-tool", block.tool);
  return [];
}
