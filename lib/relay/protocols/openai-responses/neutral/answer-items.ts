import type { AnswerBlock, WholeBlock } from "../../../neutral-answer";
import type { HostedCallBlock, TextBlock, ToolCallBlock } from "../../../neutral-blocks";
import { freeText, isCustomTool } from "../../custom-input";
import { fields, parseJson, textOrNull } from "../../json-fields";
import type { Lose } from "../../loss-list";
import { type Fields, without } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import { foreignNames, isOwn, ownFields } from "./own-extra";
import { stem } from "./response-object";
import { callItem, ownItem, reasoningItem } from "./write-items";
import { outputText } from "./write-parts";

/** Names items, counted through one answer. */
export type NextId = (prefix: string) => string;

/** Ids of the items of one answer. */
export function itemIds(facts: AnswerFacts): NextId {
  let count = 0;
  return (prefix) => `${prefix}_${stem(facts)}_${count++}`;
}

/** A whole answer's blocks as items; texts that follow each other are parts of one message. */
export function answerItems(
  blocks: readonly AnswerBlock[],
  facts: AnswerFacts,
  lose: Lose,
): Fields[] {
  const nextId = itemIds(facts);
  const items: Fields[] = [];
  let message: { key: unknown; content: Fields[] } | null = null;
  for (const block of blocks) {
    if (block.kind !== "text") {
      message = null;
      items.push(...answerItem(block, facts, nextId, lose));
      continue;
    }
    const own = fields(ownFields(block.extra).message);
    if (!message || message.key !== own.id) {
      message = { key: own.id, content: [] };
      items.push(messageItem(textOrNull(own.id) ?? nextId("msg"), message.content, own));
    }
    message.content.push(textPart(block));
  }
  return items;
}

/** A text as a part of an answer's message. */
export function textPart(block: TextBlock): Fields {
  const { message: _, ...part } = outputText(block);
  return part.type === "output_text" ? { logprobs: [], ...part } : part;
}

/** An answer's message. */
export function messageItem(id: string, content: readonly Fields[], own: Fields = {}): Fields {
  return { id, type: "message", status: "completed", role: "assistant", ...own, content };
}

function answerItem(
  block: Exclude<AnswerBlock, TextBlock>,
  facts: AnswerFacts,
  nextId: NextId,
  lose: Lose,
): Fields[] {
  if (block.kind === "tool-call") return [answeredCall(block, facts, nextId)];
  if (block.kind === "thinking") return [{ id: nextId("rs"), ...reasoningItem(block) }];
  return wholeItem(block, nextId, lose);
}

/** A call as an item: of a custom tool with its free text, of a grouped function with its group. */
export function answeredCall(
  block: Pick<ToolCallBlock, "id" | "name" | "input" | "extra">,
  facts: AnswerFacts,
  nextId: NextId,
): Fields {
  const own = ownFields(block.extra);
  const isCustom = own.type === "custom_tool_call" || isCustomTool(block.name, facts);
  const input = isCustom ? freeText(block.input) : block.input;
  const id = textOrNull(own.id) ?? nextId(isCustom ? "ctc" : "fc");
  const rest = { status: "completed", ...without(own, "type") };
  return { id, ...callItem({ ...block, input }, isCustom, rest) };
}

/** A block that arrives whole, as items; none for what only its own protocol can show. */
export function wholeItem(block: WholeBlock, nextId: NextId, lose: Lose): Fields[] {
  const own = ownItem(block);
  if (own) return own;
  if (block.kind === "image") return imageItem(block, nextId, lose);
  if (block.kind === "redacted-thinking") {
    return [{ id: nextId("rs"), type: "reasoning", summary: [], encrypted_content: block.data }];
  }
  // What a search found is told by the citations, as OpenAI does it.
  if (block.kind === "hosted-result") return [];
  if (block.kind === "hosted-call") return hostedItem(block, nextId, lose);
  lose("hosted-tool", block.name);
  return [];
}

function imageItem(
  block: Extract<WholeBlock, { kind: "image" }>,
  nextId: NextId,
  lose: Lose,
): Fields[] {
  const { source } = block;
  const type = "image_generation_call";
  if (source.kind === "data") {
    return [{ id: nextId("ig"), type, status: "completed", result: source.base64 }];
  }
  if (source.kind === "url") return [messageItem(nextId("msg"), [outputText(linked(source.url))])];
  lose("image-form", "image");
  return [];
}

/** Here a generated image has no address of its own. */
function linked(text: string): TextBlock {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

function hostedItem(block: HostedCallBlock, nextId: NextId, lose: Lose): Fields[] {
  const given = fields(parseJson(block.input));
  const status = "completed";
  if (block.tool === "web-search") {
    const action = { type: "search", query: textOrNull(given.query) ?? "" };
    return [{ id: nextId("ws"), type: "web_search_call", status, action }];
  }
  if (block.tool === "web-fetch") {
    const action = { type: "open_page", url: textOrNull(given.url) ?? "" };
    return [{ id: nextId("ws"), type: "web_search_call", status, action }];
  }
  lose("hosted-tool", block.name);
  return [];
}

/** Names what the blocks of an answer state in another protocol's words. */
export function loseForeign(blocks: readonly AnswerBlock[], lose: Lose): void {
  for (const block of blocks) {
    const names = foreignNames(block.extra);
    const isTold = block.kind === "other" || block.kind.startsWith("hosted");
    if (names !== null && !isTold && !isOwn(block.extra)) lose("other-fields", names);
  }
}
