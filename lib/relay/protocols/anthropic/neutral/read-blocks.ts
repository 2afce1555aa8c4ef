import type { Block, HostedResultBlock, ResultContent, SearchHit } from "../../../neutral-blocks";
import { textOrNull } from "../../json-fields";
import { readCache } from "./cache-control";
import { readCitations } from "./citations";
import { kindOfName, kindOfResult } from "./hosted-kinds";
import { readSource, textOfContent } from "./sources";
import { isObject, type Json, leftOver, listOf, own } from "./wire";

/** Names of the tools called so far, by the ids of the calls. */
type CalledNames = ReadonlyMap<string, string>;

type Read = (raw: Json, called: CalledNames) => Block;

/**
 * A content block of a call or an answer. Types without a neutral word are kept whole.
 * @see https://docs.claude.com/en/api/messages
 */
export function readBlock(raw: Json, called: CalledNames): Block {
  const type = textOrNull(raw.type) ?? "";
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (read) return read(raw, called);
  return type.endsWith("_tool_result") ? readHostedResult(raw, type) : readOther(raw);
}

const READERS: Readonly<Record<string, Read>> = {
  text: readText,
  image: readImage,
  document: readDocument,
  search_result: readSearchResult,
  thinking: (raw) => ({
    kind: "thinking",
    text: textOrNull(raw.thinking) ?? "",
    signature: textOrNull(raw.signature) || null,
    ...leftOver(raw, ["type", "thinking", "signature"]),
  }),
  redacted_thinking: (raw) => ({
    kind: "redacted-thinking",
    data: textOrNull(raw.data) ?? "",
    ...leftOver(raw, ["type", "data"]),
  }),
  tool_use: (raw) => ({
    kind: "tool-call",
    id: textOrNull(raw.id) ?? "",
    name: textOrNull(raw.name) ?? "",
    input: JSON.stringify(raw.input ?? {}),
    signature: null,
    cache: readCache(raw.cache_control),
    ...leftOver(raw, ["type", "id", "name", "input", "cache_control"]),
  }),
  tool_result: readToolResult,
  server_tool_use: (raw) => ({
    kind: "hosted-call",
    tool: kindOfName(textOrNull(raw.name) ?? ""),
    ...hostedCall(raw),
    ...leftOver(raw, ["type", "id", "name", "input"]),
  }),
  mcp_tool_use: (raw) => ({
    kind: "hosted-call",
    tool: "other",
    ...hostedCall(raw),
    extra: own(raw),
  }),
};

function readText(raw: Json): Block {
  return {
    kind: "text",
    text: textOrNull(raw.text) ?? "",
    citations: readCitations(raw.citations),
    cache: readCache(raw.cache_control),
    signature: null,
    ...leftOver(raw, ["type", "text", "citations", "cache_control"]),
  };
}

function readImage(raw: Json): Block {
  const source = readSource(raw.source);
  if (!source) return readOther(raw);
  const cache = readCache(raw.cache_control);
  const rest = leftOver(raw, ["type", "source", "cache_control"]);
  return { kind: "image", source, detail: null, cache, ...rest };
}

function readDocument(raw: Json): Block {
  const { source: given } = raw;
  const cache = readCache(raw.cache_control);
  const name = textOrNull(raw.title);
  // Blocks as a source hold images too: they are kept whole, and others are shown their text.
  if (isObject(given) && given.type === "content") {
    const text = textOfContent(given.content);
    const source = { kind: "text" as const, text, mime: "text/plain" };
    return { kind: "document", source, name, cache, extra: own(raw) };
  }
  const source = readSource(given);
  if (!source) return readOther(raw);
  const rest = leftOver(raw, ["type", "source", "title", "cache_control"]);
  return { kind: "document", source, name, cache, ...rest };
}

/** A search result is a text with a title, which any model can read. */
function readSearchResult(raw: Json): Block {
  const source = { kind: "text" as const, text: textOfContent(raw.content), mime: "text/plain" };
  const cache = readCache(raw.cache_control);
  return { kind: "document", source, name: textOrNull(raw.title), cache, extra: own(raw) };
}

function readToolResult(raw: Json, called: CalledNames): Block {
  const callId = textOrNull(raw.tool_use_id) ?? "";
  return {
    kind: "tool-result",
    callId,
    name: called.get(callId) ?? "",
    isError: raw.is_error === true,
    content: readResultContent(raw.content),
    cache: readCache(raw.cache_control),
    ...leftOver(raw, ["type", "tool_use_id", "is_error", "content", "cache_control"]),
  };
}

function readResultContent(content: unknown): ResultContent[] {
  if (typeof content === "string") return [textContent(content)];
  return listOf(content).filter(isObject).map(readResultBlock);
}

const NO_NAMES: CalledNames = new Map();

function readResultBlock(raw: Json): ResultContent {
  if (raw.type === "tool_reference") {
    return { kind: "tool-reference", name: textOrNull(raw.tool_name) ?? "" };
  }
  const block = readBlock(raw, NO_NAMES);
  if (block.kind === "text" || block.kind === "image" || block.kind === "document") return block;
  // A type of tomorrow: others are shown its JSON.
  return { ...textContent(JSON.stringify(raw)), extra: own(raw) };
}

function textContent(text: string): ResultContent & { kind: "text" } {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

function hostedCall(raw: Json) {
  return {
    id: textOrNull(raw.id) ?? "",
    name: textOrNull(raw.name) ?? "",
    input: JSON.stringify(raw.input ?? {}),
  };
}

function readHostedResult(raw: Json, type: string): HostedResultBlock {
  const { content } = raw;
  const results = listOf(content).filter(isObject);
  const hits = results.filter((one) => one.type === "web_search_result");
  const code = isObject(content) ? textOrNull(content.error_code) : null;
  return {
    kind: "hosted-result",
    tool: kindOfResult(type),
    callId: textOrNull(raw.tool_use_id) ?? "",
    hits: hits.map(readHit),
    error: code ?? (raw.is_error === true ? "error" : null),
    // What the portal itself wrote for a search of another provider is nothing that Anthropic can read.
    ...(hits.length > 0 && hits.every((hit) => hit.encrypted_content === "")
      ? {}
      : { extra: own(raw) }),
  };
}

function readHit({ url, title }: Json): SearchHit {
  return { url: textOrNull(url) ?? "", title: textOrNull(title) ?? "" };
}

function readOther(raw: Json): Block {
  return { kind: "other", name: textOrNull(raw.type) ?? "", extra: own(raw) };
}
