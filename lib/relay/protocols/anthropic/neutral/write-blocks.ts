import type { Block, TextBlock, ToolCallBlock } from "../../../neutral-blocks";
import { parseJson } from "../../json-fields";
import type { Lose } from "../../loss-list";
import { cacheFields } from "./cache-control";
import { isBorrowed, ownCitation } from "./citations";
import { loseForeign } from "./lose-foreign";
import { writeDocumentSource, writeImageSource } from "./sources";
import { isObject, type Json, keptWhole, ownFields } from "./wire";
import { writeToolResult } from "./write-tool-result";

export interface BlockContext {
  lose: Lose;
  /** Names of tools whose input is free text. */
  freeText: ReadonlySet<string>;
  /** Calls that another provider's tools answered: Anthropic reads only its own results. */
  borrowed: ReadonlySet<string>;
}

type Writers = {
  [K in Block["kind"]]: (block: Extract<Block, { kind: K }>, context: BlockContext) => Json | null;
};

/** A block of a call; null, with its loss, for one that Anthropic does not take. */
export function writeBlock(block: Block, context: BlockContext): Json | null {
  loseForeign(block.extra, context.lose);
  const whole = block.kind === "tool-result" ? null : keptWhole(block.extra);
  return whole ?? writerOf(block)(block, context);
}

/** TypeScript does not see that the writer under a block's own kind takes that block. */
function writerOf(block: Block) {
  return WRITERS[block.kind] as (block: Block, context: BlockContext) => Json | null;
}

const WRITERS: Writers = {
  text: (block, { lose }) => writeText(block, lose),
  image({ source, detail, cache, extra }, { lose }) {
    if (detail !== null && detail !== "auto") lose("image-detail", "detail");
    const written = writeImageSource(source, lose);
    return (
      written && { type: "image", source: written, ...cacheFields(cache), ...ownFields(extra) }
    );
  },
  document({ source, name, cache, extra }, { lose }) {
    const written = writeDocumentSource(source, lose);
    const title = name === null ? {} : { title: name };
    const rest = { ...title, ...cacheFields(cache), ...ownFields(extra) };
    return written && { type: "document", source: written, ...rest };
  },
  thinking({ text, signature, extra }, { lose }) {
    // Unsigned thoughts are refused.
    if (signature === null) lose("thought", "thinking without a signature");
    return signature === null
      ? null
      : { type: "thinking", thinking: text, signature, ...ownFields(extra) };
  },
  "redacted-thinking": ({ data, extra }) => ({
    type: "redacted_thinking",
    data,
    ...ownFields(extra),
  }),
  "tool-call": (block, { freeText }) => writeToolCall(block, freeText.has(block.name)),
  "tool-result": (block, context) => writeToolResult(block, context.lose),
  "hosted-call"({ id, name, input, extra }, { lose, borrowed }) {
    const isOwn = extra?.protocol === "anthropic" || id.startsWith("srvtoolu_");
    if (isOwn && !borrowed.has(id)) {
      return {
        type: "server_tool_use",
        id,
        name,
        input: inputOf(input, false),
        ...ownFields(extra),
      };
    }
    lose("hosted-tool", name);
    return null;
  },
  "hosted-result"({ tool }, { lose }) {
    lose("hosted-tool", `result of ${tool}`);
    return null;
  },
  other({ name }, { lose }) {
    lose("other-fields", name);
    return null;
  },
};

function writeText({ text, citations, cache, extra }: TextBlock, lose: Lose): Json | null {
  // Text without a letter is refused.
  if (text.trim() === "") return null;
  const written = citations.map(ownCitation).filter((one) => one !== null && !isBorrowed(one));
  if (written.length < citations.length) lose("citations", "citations");
  return {
    type: "text",
    text,
    ...(written.length > 0 ? { citations: written } : {}),
    ...cacheFields(cache),
    ...ownFields(extra),
  };
}

/** A tool call; the free text of a custom tool becomes the one string that its function takes. */
export function writeToolCall(block: ToolCallBlock, freeText: boolean): Json {
  return {
    type: "tool_use",
    id: block.id,
    name: block.name,
    input: inputOf(block.input, freeText),
    ...cacheFields(block.cache),
    ...ownFields(block.extra),
  };
}

/** Input must be an object: text that is none, such as a call that was cut off, goes under `input`. */
export function inputOf(input: string, freeText: boolean): Json {
  if (freeText) return { input };
  if (input.trim() === "") return {};
  const parsed = parseJson(input);
  return isObject(parsed) ? parsed : { input };
}
