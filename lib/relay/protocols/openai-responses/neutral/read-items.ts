import { AppError } from "../../../../shared/errors";
import type { Turn } from "../../../neutral";
import type { WholeBlock } from "../../../neutral-answer";
import type { Block, HostedResultBlock, ThinkingBlock } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { type Fields, without } from "../../own-extra";
import { kept, ownExtra } from "./own-extra";
import { readOutput, readParts } from "./read-parts";

/** Turns of a call's `input`: one for each item. Throws AppError("invalid_request"). */
export function readInput(input: unknown): Turn[] {
  if (input === undefined || input === null) return [];
  if (typeof input === "string") {
    return [{ role: "user", blocks: readParts(input), extra: ownExtra({ form: "input" }) }];
  }
  if (!Array.isArray(input)) {
    throw new AppError("invalid_request", "input: a text or a list of items is required.");
  }
  const names = new Map<string, string>();
  return input.map((item) => readItem(fields(item), names));
}

const SYSTEM: ReadonlySet<unknown> = new Set(["system", "developer"]);

/** `names` learns which tool each call is for: outputs state the call only. */
function readItem(item: Fields, names: Map<string, string>): Turn {
  const type = textOrNull(item.type) ?? "message";
  if (type === "message") return readMessage(item);
  if (RESULTS.has(type)) return { role: "user", blocks: [readResult(item, names)] };
  const blocks = readModelItem(item);
  for (const block of blocks) if (block.kind === "tool-call") names.set(block.id, block.name);
  return { role: type.endsWith("_output") ? "user" : "assistant", blocks };
}

function readMessage(item: Fields): Turn {
  const { role, content } = item;
  const form = typeof content === "string" ? { form: "content" } : {};
  const rest = without(item, "role", "content");
  const turn = { blocks: readParts(content) };
  if (role === "assistant") return { role, ...turn, ...kept({ ...rest, ...form }) };
  if (!SYSTEM.has(role)) return { role: "user", ...turn, ...kept({ ...rest, ...form }) };
  return { role: "system", ...turn, ...kept({ ...rest, ...form, role }) };
}

const RESULTS: ReadonlySet<string> = new Set(["function_call_output", "custom_tool_call_output"]);

function readResult(item: Fields, names: ReadonlyMap<string, string>): Block {
  const callId = textOrNull(item.call_id);
  if (callId === null) {
    throw new AppError("invalid_request", "input.call_id: a tool's output needs its call's id.");
  }
  const { output } = item;
  const form = typeof output === "string" ? {} : { form: "parts" };
  return {
    kind: "tool-result",
    callId,
    name: names.get(callId) ?? textOrNull(item.name) ?? "",
    isError: false,
    content: readOutput(output),
    cache: null,
    extra: ownExtra({ ...without(item, "call_id", "output"), ...form }),
  };
}

/** Blocks that an item other than a message stands for: what models answer, and what is sent back. */
type ItemBlock = WholeBlock | ThinkingBlock | Extract<Block, { kind: "tool-call" }>;

/**
 * One item of a model's answer, message aside.
 * @see https://platform.openai.com/docs/api-reference/responses/object#responses-object-output
 */
export function readModelItem(item: Fields): ItemBlock[] {
  const type = textOrNull(item.type) ?? "";
  const read = Object.hasOwn(READERS, type) ? READERS[type]?.(item) : null;
  return read ?? [{ kind: "other", name: type, extra: ownExtra(item) }];
}

const READERS: Readonly<Record<string, (item: Fields) => ItemBlock[] | null>> = {
  function_call: (item) => [readCall(item, item.arguments, without(item, "type"))],
  custom_tool_call: (item) => [readCall(item, item.input, item)],
  reasoning(item) {
    const signature = textOrNull(item.encrypted_content);
    const extra = ownExtra(without(item, "type", "encrypted_content"));
    return [{ kind: "thinking", text: thoughtOf(item), signature, extra }];
  },
  web_search_call: readSearch,
  code_interpreter_call(item) {
    const id = textOrNull(item.id) ?? "";
    const input = JSON.stringify({ code: item.code ?? "" });
    const name = "code_interpreter_call";
    const extra = ownExtra(item);
    return [{ kind: "hosted-call", tool: "code-execution", id, name, input, extra }];
  },
  image_generation_call(item) {
    const base64 = textOrNull(item.result);
    if (base64 === null) return null;
    const mime = `image/${textOrNull(item.output_format) ?? "png"}`;
    const extra = ownExtra(without(item, "result"));
    const source = { kind: "data", mime, base64 } as const;
    return [{ kind: "image", source, detail: null, cache: null, extra }];
  },
};

function readCall(item: Fields, input: unknown, rest: Fields): ItemBlock {
  return {
    kind: "tool-call",
    id: textOrNull(item.call_id) ?? "",
    name: textOrNull(item.name) ?? "",
    input: textOrNull(input) ?? "",
    signature: null,
    cache: null,
    ...kept(without(rest, "call_id", "name", "arguments", "input")),
  };
}

function thoughtOf({ summary, content }: Fields): string {
  const told = textsOf(summary);
  return (told.length > 0 ? told : textsOf(content)).join("\n\n");
}

function textsOf(parts: unknown): string[] {
  return Array.isArray(parts) ? parts.map((part) => textOrNull(fields(part).text) ?? "") : [];
}

/** A search and what it found: the sources are stated only to callers that ask for them. */
function readSearch(item: Fields): ItemBlock[] {
  const id = textOrNull(item.id) ?? "";
  const action = fields(item.action);
  const query = textOrNull(action.query) ?? textsOrNone(action.queries);
  const url = textOrNull(action.url);
  const input = JSON.stringify(url === null ? { query: query ?? "" } : { url });
  const tool = "web-search";
  const found: HostedResultBlock = {
    kind: "hosted-result",
    tool,
    callId: id,
    hits: hitsOf(action.sources),
    error: item.status === "failed" ? "failed" : null,
    extra: ownExtra({}),
  };
  const name = "web_search_call";
  return [{ kind: "hosted-call", tool, id, name, input, extra: ownExtra(item) }, found];
}

function textsOrNone(queries: unknown): string | null {
  return Array.isArray(queries) ? queries.map(textOrNull).join(", ") : null;
}

function hitsOf(sources: unknown) {
  const given = Array.isArray(sources) ? sources.map(fields) : [];
  return given.flatMap(({ url, title, name }) => {
    const address = textOrNull(url);
    if (address === null) return [];
    return [{ url: address, title: textOrNull(title) ?? textOrNull(name) ?? address }];
  });
}
