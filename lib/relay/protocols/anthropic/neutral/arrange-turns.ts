import type { Message } from "./message";
import type { ModelTraits } from "./model-traits";
import type { Json } from "./wire";
import { resultContents } from "./write-tool-result";

/** Stands where Anthropic wants a user's message and the client has none. */
const PLACEHOLDER: Message = user([{ type: "text", text: "." }]);

/**
 * Brings messages into an order that Anthropic accepts and changes no text: the results of a turn's tool
 * calls come first in the message after it, a system message comes after the user's messages that it
 * stands among, nothing is empty.
 * @see https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
export function arrange(messages: readonly Message[], traits: ModelTraits): Message[] {
  const spoken = messages.filter(isSaid).map((message) => asTaken(message, traits));
  const results = resultsById(spoken);
  const out: Message[] = [];
  for (const { answers, between } of stretches(spoken)) {
    const given = idsOf(answers).map((id) => results.take(id));
    out.push(...answers, ...followed(given, between.map(results.inlined), answers));
  }
  if (out[0]?.role !== "user") out.unshift(PLACEHOLDER);
  return ended(out, traits);
}

function user(content: readonly Json[]): Message {
  return { role: "user", content, rest: {} };
}

/** A message of fields only, such as a change of effort, says something too. */
function isSaid({ content, rest }: Message): boolean {
  return content.length > 0 || Object.keys(rest).length > 0;
}

function asTaken(message: Message, { systemTurns }: ModelTraits): Message {
  return message.role === "system" && !systemTurns ? user(message.content) : message;
}

/** A run of the assistant's messages, and everything up to its next one. */
interface Stretch {
  answers: Message[];
  between: Message[];
}

function stretches(messages: readonly Message[]): Stretch[] {
  const found: Stretch[] = [{ answers: [], between: [] }];
  for (const message of messages) {
    const last = found.at(-1);
    if (message.role !== "assistant") last?.between.push(message);
    else if (last?.between.length === 0) last.answers.push(message);
    else found.push({ answers: [message], between: [] });
  }
  return found;
}

function idsOf(answers: readonly Message[]): string[] {
  const calls = answers.flatMap(({ content }) => content).filter(({ type }) => type === "tool_use");
  return calls.map(({ id }) => String(id));
}

/** Every result, wherever it stands: it is taken by its call, and what no call takes stays as text. */
function resultsById(messages: readonly Message[]) {
  const results = messages.flatMap(({ content }) => content.filter(isResult));
  const called = new Set(idsOf(messages));
  const byId = new Map<string, Json>();
  for (const result of results) {
    const id = String(result.tool_use_id);
    if (!byId.has(id) && called.has(id)) byId.set(id, result);
  }
  const placed = new Set(byId.values());
  return {
    /** A call without a result is refused: it was cut off, and answered nothing. */
    take: (id: string): Json =>
      byId.get(id) ?? { type: "tool_result", tool_use_id: id, is_error: true },
    inlined: (message: Message): Message => ({
      ...message,
      content: message.content.flatMap((block) => {
        if (!isResult(block)) return [block];
        return placed.has(block) ? [] : resultContents(block);
      }),
    }),
  };
}

function isResult({ type }: Json): boolean {
  return type === "tool_result";
}

/** What follows an answer: results first, then the user's messages, then one system message. */
function followed(
  results: readonly Json[],
  between: readonly Message[],
  answers: readonly Message[],
) {
  const said = between.filter(isSaid);
  const prompts = said.filter(isPrompt);
  const rest = said.filter((message) => !isPrompt(message));
  const [first, ...others] = rest;
  const joined = first?.role === "user" && results.length > 0;
  const users: Message[] = joined
    ? [{ ...first, content: [...results, ...first.content] }, ...others]
    : [...(results.length > 0 ? [user(results)] : []), ...rest];
  return [...users, ...asOne(prompts, users.length > 0 || endsHosted(answers))];
}

function isPrompt({ role, content }: Message): boolean {
  return role === "system" && content.length > 0;
}

/** System messages may not follow each other, nor an answer: there its text is the user's. */
function asOne(prompts: readonly Message[], allowed: boolean): Message[] {
  const [first] = prompts;
  if (!first) return [];
  const content = prompts.flatMap((prompt) => prompt.content);
  if (!allowed) return [user(content)];
  const rest = Object.assign({}, ...prompts.map((prompt) => prompt.rest));
  return [{ role: "system", content, rest }];
}

/** Does the answer end in a tool of the provider's own? */
function endsHosted(answers: readonly Message[]): boolean {
  const type = String(answers.at(-1)?.content.at(-1)?.type ?? "");
  return type.endsWith("_tool_result") || type === "server_tool_use";
}

/** The beginning of an answer may not end in white space, and newer models take none at all. */
function ended(messages: Message[], { prefill }: ModelTraits): Message[] {
  const last = messages.at(-1);
  const block = last?.content.at(-1);
  if (last?.role !== "assistant" || block?.type !== "text") return messages;
  if (!prefill) return [...messages, PLACEHOLDER];
  const text = String(block.text).trimEnd();
  const kept = text === "" ? [] : [{ ...block, text }];
  const content = [...last.content.slice(0, -1), ...kept];
  return [...messages.slice(0, -1), ...(content.length > 0 ? [{ ...last, content }] : [])];
}

/** Is the last thing that happened a tool's result, for which the model's turn goes on? */
export function isInToolLoop(messages: readonly Message[]): boolean {
  const lastAnswer = messages.findLastIndex(({ role }) => role === "assistant");
  return messages.slice(lastAnswer + 1).some(({ content }) => content.some(isResult));
}

/** Does the assistant's last turn begin with a thought, as a model wants it that goes on thinking? */
export function lastTurnThinks(messages: readonly Message[]): boolean {
  const end = messages.findLastIndex(({ role }) => role === "assistant");
  const before = messages.slice(0, end).findLastIndex(({ role }) => role !== "assistant");
  const type = messages[before + 1]?.content[0]?.type;
  return type === "thinking" || type === "redacted_thinking";
}
