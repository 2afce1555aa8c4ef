import type { ResultContent, ToolResultBlock } from "../../../neutral-blocks";
import type { Lose } from "../../loss-list";
import { cacheFields } from "./cache-control";
import { loseForeign } from "./lose-foreign";
import { writeDocumentSource, writeImageSource } from "./sources";
import { type Json, keptWhole, ownFields } from "./wire";

/**
 * A tool's result with its text, images and documents.
 * @see https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
 */
export function writeToolResult(block: ToolResultBlock, lose: Lose): Json {
  const content = block.content.map((one) => writeContent(one, lose)).filter((one) => one !== null);
  return {
    type: "tool_result",
    tool_use_id: block.callId,
    ...(content.length > 0 ? { content } : {}),
    ...(block.isError ? { is_error: true } : {}),
    ...cacheFields(block.cache),
    ...ownFields(block.extra),
  };
}

/** What such a result says, for a place where it may not stand as a result. */
export function resultContents(result: Json): readonly Json[] {
  return Array.isArray(result.content) ? result.content : [];
}

function writeContent(content: ResultContent, lose: Lose): Json | null {
  if (content.kind === "tool-reference") {
    return { type: "tool_reference", tool_name: content.name };
  }
  loseForeign(content.extra, lose);
  const whole = keptWhole(content.extra);
  if (whole) return whole;
  const rest = { ...cacheFields(content.cache), ...ownFields(content.extra) };
  if (content.kind === "text") {
    return content.text.trim() === "" ? null : { type: "text", text: content.text, ...rest };
  }
  if (content.kind === "image") {
    const source = writeImageSource(content.source, lose);
    return source && { type: "image", source, ...rest };
  }
  const source = writeDocumentSource(content.source, lose);
  const title = content.name === null ? {} : { title: content.name };
  return source && { type: "document", source, ...title, ...rest };
}
