import { AppError } from "../../../../shared/errors";
import type { Turn } from "../../../neutral";
import type { Block, TextBlock, ToolCallBlock } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { type Fields, stated, without } from "../../own-extra";
import { kept, ownExtra } from "./own-extra";
import { readCalls } from "./read-calls";
import { plainText, readParts, readResultContent } from "./read-parts";

interface ReadMessages {
  /** Texts of the instructions that the conversation begins with. */
  system: TextBlock[];
  turns: Turn[];
}

/** Tools by the ids of their calls: results state the call only. */
type CallNames = Map<string, string>;

const SYSTEM: ReadonlySet<unknown> = new Set(["system", "developer"]);

/** Messages of a call. Throws AppError("invalid_request") for what is none. */
export function readMessages(messages: unknown): ReadMessages {
  if (!Array.isArray(messages)) {
    throw new AppError("invalid_request", "messages: a list of messages is required.");
  }
  const given = messages.map(fields);
  const firstTurn = given.findIndex(({ role }) => !SYSTEM.has(role));
  const top = firstTurn < 0 ? given.length : firstTurn;
  const names: CallNames = new Map();
  return {
    system: given.slice(0, top).flatMap(({ content }) => readParts(content).filter(isText)),
    turns: given.slice(top).map((message, index) => readMessage(message, top + index, names)),
  };
}

function isText(block: Block): block is TextBlock {
  return block.kind === "text";
}

type ReadRole = (message: Fields, index: number, names: CallNames) => Turn;

const ROLES: Readonly<Record<string, ReadRole>> = {
  system: (message) => plainTurn("system", message),
  // For all but OpenAI's own names the older word is the known one.
  developer: (message) => plainTurn("system", message, { role: "developer" }),
  user: (message) => plainTurn("user", message),
  assistant: readAssistant,
  tool: readToolMessage,
  function: readFunctionMessage,
};

function readMessage(message: Fields, index: number, names: CallNames): Turn {
  const role = textOrNull(message.role) ?? "";
  const read = Object.hasOwn(ROLES, role) ? ROLES[role] : null;
  if (read) return read(message, index, names);
  throw new AppError("invalid_request", `messages[${index}].role: a known role is required.`);
}

function plainTurn(role: "system" | "user", message: Fields, own: Fields = {}): Turn {
  const { content } = message;
  const form = Array.isArray(content) ? { form: "parts" } : {};
  const rest = without(message, "role", "content");
  return { role, blocks: readParts(content), ...kept({ ...rest, ...own, ...form }) };
}

const SAID = ["role", "content", "refusal", "tool_calls", "function_call"];

function readAssistant(message: Fields, index: number, names: CallNames): Turn {
  const thought = thoughtOf(message);
  const calls = readCalls(message, `call_${index}`);
  for (const { id, name } of calls) names.set(id, name);
  const form = Array.isArray(message.content) ? { form: "parts" } : {};
  const rest = stated(without(message, ...SAID, ...(thought ? [thought.field] : [])));
  return {
    role: "assistant",
    blocks: [...(thought ? [thought.block] : []), ...readSaid(message), ...calls],
    ...kept({ ...rest, ...form }),
  };
}

/** Fields by which other makers show thoughts, the more usual first. */
const THOUGHTS = ["reasoning_content", "reasoning"];

/** The thoughts that a message or delta shows, and the field that they lie in; null without any. */
export function thoughtOf(message: Fields) {
  for (const field of THOUGHTS) {
    const text = textOrNull(message[field]) ?? "";
    if (text === "") continue;
    const block: Block = { kind: "thinking", text, signature: null, extra: ownExtra({}) };
    return { field, block, text };
  }
  return null;
}

/** What a model's message says, refused or not. */
export function readSaid({ content, refusal }: Fields): Block[] {
  const refused = textOrNull(refusal);
  const said = content === "" && refused !== null ? [] : readParts(content);
  if (refused === null) return said;
  return [...said, { ...plainText(refused), ...kept({ type: "refusal" }) }];
}

function readToolMessage(message: Fields, index: number, names: CallNames): Turn {
  const callId = textOrNull(message.tool_call_id);
  if (callId === null) {
    throw new AppError(
      "invalid_request",
      `messages[${index}].tool_call_id: the id of a call is required.`,
    );
  }
  const name = names.get(callId) ?? textOrNull(message.name) ?? "";
  const rest = kept(without(message, "role", "content", "tool_call_id", "name"));
  return resultTurn(callId, name, message, rest);
}

/** The older form names the function only: its latest call is meant. */
function readFunctionMessage(message: Fields, _: number, names: CallNames): Turn {
  const name = textOrNull(message.name) ?? "";
  const [callId] = [...names].findLast(([, called]) => called === name) ?? [name];
  return resultTurn(callId, name, message, {});
}

function resultTurn(
  callId: ToolCallBlock["id"],
  name: string,
  { content }: Fields,
  rest: ReturnType<typeof kept>,
): Turn {
  const result = { kind: "tool-result", callId, name, isError: false, cache: null } as const;
  return { role: "user", blocks: [{ ...result, content: readResultContent(content), ...rest }] };
}
