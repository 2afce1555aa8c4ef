import { Refusal } from "../call";
import { isObject, type Json, listOf, objectOf, textOf } from "../json";
import { checkSignature } from "../signing";
import type { UpstreamWorld } from "../world";
import { BLOCK_FIELDS, BLOCK_TYPES } from "./fields";
import { checkSource } from "./media";
import { type AnthropicModel, takesPrefill, takesSystemMessages } from "./models";

const SYSTEM_MESSAGE_FIELDS = ["role", "content", "clear_at", "output_config"];

/** Checks the messages of a request: roles, blocks, the pairing of tool calls, thinking signatures. */
export function checkMessages(body: Json, model: AnthropicModel, world: UpstreamWorld): void {
  const messages = listOf(body.messages).map(objectOf);
  if (messages.length === 0) throw new Refusal(400, "messages: at least one message is required");
  for (const [index, message] of messages.entries()) {
    checkMessage(message, index, index === messages.length - 1, model);
  }
  if (messages[0]?.role === "assistant") {
    throw new Refusal(400, 'messages: first message must use the "user" role');
  }
  checkPrefill(messages.at(-1), model);
  checkToolPairs(messages);
  if (world.foreignSignatures) return;
  for (const [index, message] of messages.entries()) {
    if (message.role === "assistant") checkSignatures(message, index, world.signingSecret);
  }
}

function checkMessage(message: Json, index: number, last: boolean, model: AnthropicModel): void {
  const fields = message.role === "system" ? SYSTEM_MESSAGE_FIELDS : ["role", "content"];
  const extra = Object.keys(message).find((name) => !fields.includes(name));
  if (extra !== undefined) {
    throw new Refusal(400, `messages.${index}.${extra}: Extra inputs are not permitted`);
  }
  checkRole(message.role, index, model);
  const { content } = message;
  // A system message may change the settings of a turn without saying anything.
  if (message.role === "system" && isObject(message.output_config) && content === undefined) return;
  if (typeof content !== "string" && !Array.isArray(content)) {
    throw new Refusal(400, `messages.${index}.content: Field required`);
  }
  const empty = content.length === 0;
  if (empty && !(last && message.role === "assistant")) {
    throw new Refusal(
      400,
      `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
    );
  }
  if (typeof content === "string" && !empty) checkText(content);
  for (const [place, block] of listOf(content).entries()) {
    checkBlock(block, `messages.${index}.content.${place}`);
    checkPlace(objectOf(block), message.role, `messages.${index}.content.${place}`);
  }
}

/** What an answer that was begun by the caller must not look like. */
function checkPrefill(last: Json | undefined, model: AnthropicModel): void {
  if (last?.role !== "assistant") return;
  const block = objectOf(listOf(last.content).at(-1));
  const text = typeof last.content === "string" ? last.content : textOf(block.text);
  // A paused turn of the provider's own tools is continued, not begun.
  const paused = textOf(block.type).startsWith("server_") || textOf(block.type).endsWith("_result");
  if (!takesPrefill(model.id) && !paused) {
    throw new Refusal(
      400,
      "This model does not support assistant message prefill. The conversation must end with a user message.",
    );
  }
  if (text === text.trimEnd()) return;
  throw new Refusal(400, "messages: final assistant content cannot end with trailing whitespace");
}

function checkText(text: string): void {
  if (text === "") throw new Refusal(400, "messages: text content blocks must be non-empty");
  if (text.trim() !== "") return;
  throw new Refusal(400, "messages: text content blocks must contain non-whitespace text");
}

/** Blocks that only one of the two sides has. */
function checkPlace(block: Json, role: unknown, path: string): void {
  const only = SIDES[textOf(block.type)];
  if (only === undefined || role === only) return;
  throw new Refusal(
    400,
    `${path}: \`${textOf(block.type)}\` blocks can only be in \`${only}\` messages`,
  );
}

const SIDES: Readonly<Record<string, string>> = {
  tool_use: "assistant",
  thinking: "assistant",
  redacted_thinking: "assistant",
  tool_result: "user",
  image: "user",
  document: "user",
};

function checkRole(role: unknown, index: number, model: AnthropicModel): void {
  if (role === "user" || role === "assistant") return;
  if (role !== "system") {
    throw new Refusal(
      400,
      `messages.${index}.role: Input should be 'user', 'assistant' or 'system'`,
    );
  }
  if (takesSystemMessages(model.id)) return;
  throw new Refusal(
    400,
    'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
  );
}

function checkBlock(block: unknown, path: string): void {
  if (!isObject(block)) throw new Refusal(400, `${path}: Input should be an object`);
  const type = textOf(block.type);
  if (!BLOCK_TYPES.has(type)) {
    throw new Refusal(
      400,
      `${path}: Input tag '${type}' found using 'type' does not match any of the expected tags`,
    );
  }
  const extra = Object.keys(block).find((name) => BLOCK_FIELDS[type]?.has(name) === false);
  if (extra !== undefined) {
    throw new Refusal(400, `${path}.${type}.${extra}: Extra inputs are not permitted`);
  }
  if (type === "text") checkText(textOf(block.text));
  if (type === "image" || type === "document") checkSource(block, `${path}.${type}.source`);
  if (type === "tool_result") checkResult(block, path);
  if (type === "thinking" && typeof block.signature !== "string") {
    throw new Refusal(400, `${path}.thinking.signature: Field required`);
  }
  if (type === "tool_use" && !isObject(block.input)) {
    throw new Refusal(400, `${path}.tool_use.input: Input should be an object`);
  }
  if (type === "tool_use") checkCall(block, `${path}.tool_use`);
}

function checkCall(block: Json, path: string): void {
  if (!TOOL_ID.test(textOf(block.id))) {
    throw new Refusal(400, `${path}.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
  }
  if (/^[a-zA-Z0-9_-]{1,200}$/.test(textOf(block.name))) return;
  throw new Refusal(400, `${path}.name: String should match pattern '^[a-zA-Z0-9_-]{1,200}$'`);
}

function checkResult(block: Json, path: string): void {
  if (!TOOL_ID.test(textOf(block.tool_use_id))) {
    throw new Refusal(
      400,
      `${path}.tool_result.tool_use_id: String should match pattern '^[a-zA-Z0-9_-]+$'`,
    );
  }
  for (const [place, value] of listOf(block.content).entries()) {
    const inner = objectOf(value);
    const at = `${path}.tool_result.content.${place}`;
    if (inner.type === "text") checkText(textOf(inner.text));
    if (inner.type === "image" || inner.type === "document") {
      checkSource(inner, `${at}.${inner.type}.source`);
    }
    if (RESULT_BLOCKS.has(textOf(inner.type))) continue;
    throw new Refusal(
      400,
      `${at}: Input tag '${textOf(inner.type)}' found using 'type' does not match any of the expected tags`,
    );
  }
}

const TOOL_ID = /^[a-zA-Z0-9_-]+$/;
const RESULT_BLOCKS: ReadonlySet<string> = new Set([
  "text",
  "image",
  "document",
  "search_result",
  "tool_reference",
]);

/** One turn: adjacent messages of one role count as one, and system messages do not part them. */
interface Turn {
  role: unknown;
  /** Index of its first message. */
  index: number;
  blocks: { block: Json; path: string }[];
}

function checkToolPairs(messages: readonly Json[]): void {
  const turns = turnsOf(messages);
  const ids = turns.flatMap((turn) => idsOf(turn, "tool_use", "id"));
  if (new Set(ids).size < ids.length) {
    throw new Refusal(400, "messages: `tool_use` ids must be unique");
  }
  for (const [at, turn] of turns.entries()) {
    if (turn.role === "assistant") checkAnswered(turn, turns[at + 1]);
    else checkAsked(turn, turns[at - 1]);
  }
}

function turnsOf(messages: readonly Json[]): Turn[] {
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "system") continue;
    const blocks = listOf(message.content).map((block, place) => ({
      block: objectOf(block),
      path: `messages.${index}.content.${place}`,
    }));
    const last = turns.at(-1);
    if (last !== undefined && last.role === message.role) last.blocks.push(...blocks);
    else turns.push({ role: message.role, index, blocks });
  }
  return turns;
}

/** Results count only at the beginning of the next turn, before any text. */
function checkAnswered(turn: Turn, next: Turn | undefined): void {
  const results = next?.blocks ?? [];
  const firstOther = results.findIndex(({ block }) => block.type !== "tool_result");
  const leading = firstOther < 0 ? results : results.slice(0, firstOther);
  const answered = new Set(leading.map(({ block }) => textOf(block.tool_use_id)));
  const missing = idsOf(turn, "tool_use", "id").filter((id) => !answered.has(id));
  if (missing.length === 0) return;
  throw new Refusal(
    400,
    `messages.${turn.index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  );
}

function checkAsked(turn: Turn, before: Turn | undefined): void {
  const asked = new Set(before === undefined ? [] : idsOf(before, "tool_use", "id"));
  const seen = new Set<string>();
  for (const { block, path } of turn.blocks) {
    if (block.type !== "tool_result") continue;
    const id = textOf(block.tool_use_id);
    if (!asked.has(id)) {
      throw new Refusal(
        400,
        `${path}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
    if (seen.has(id)) {
      throw new Refusal(
        400,
        `${path}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
      );
    }
    seen.add(id);
  }
}

function idsOf(turn: Turn, type: string, field: string): string[] {
  return turn.blocks
    .filter(({ block }) => block.type === type)
    .map(({ block }) => textOf(block[field]));
}

function checkSignatures(message: Json, index: number, secret: string): void {
  for (const [place, value] of listOf(message.content).entries()) {
    const block = objectOf(value);
    if (block.type === "redacted_thinking") checkRedacted(block, index, place, secret);
    if (block.type !== "thinking") continue;
    const verdict = checkSignature(secret, textOf(block.signature), textOf(block.thinking));
    if (verdict === "valid") continue;
    throw new Refusal(
      400,
      verdict === "forged"
        ? `messages.${index}.content.${place}: Invalid \`signature\` in \`thinking\` block`
        : `messages.${index}.content.${place}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`,
    );
  }
}

function checkRedacted(block: Json, index: number, place: number, secret: string): void {
  if (checkSignature(secret, textOf(block.data), "") === "valid") return;
  throw new Refusal(
    400,
    `messages.${index}.content.${place}: Invalid \`data\` in \`redacted_thinking\` block`,
  );
}
