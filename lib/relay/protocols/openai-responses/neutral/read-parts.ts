import type { Block, Citation, ResultContent, TextBlock } from "../../../neutral-blocks";
import { fields, textOrNull, tokenCount } from "../../json-fields";
import { type Fields, without } from "../../own-extra";
import { documentSource, imageSource } from "./media";
import { kept, ownExtra } from "./own-extra";

/** A text without anything around it. */
export function plainText(text: string): TextBlock {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

/**
 * Parts of a message's content.
 * @see https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
 */
export function readParts(content: unknown): Block[] {
  if (typeof content === "string") return [plainText(content)];
  return Array.isArray(content) ? content.map(fields).map(readPart) : [];
}

/** Parts of a tool's output. */
export function readOutput(output: unknown): ResultContent[] {
  return readParts(output).flatMap((block): ResultContent[] => {
    if (block.kind === "text" || block.kind === "image" || block.kind === "document")
      return [block];
    return block.kind === "other" ? [plainText(JSON.stringify(block.extra.fields))] : [];
  });
}

const READERS: Readonly<Record<string, (part: Fields) => Block | null>> = {
  input_text: readText,
  output_text: readText,
  text: readText,
  refusal(part) {
    const text = textOrNull(part.refusal);
    return text === null ? null : { ...plainText(text), ...kept(without(part, "refusal")) };
  },
  input_image(part) {
    const source = imageSource(part);
    if (!source) return null;
    const rest = kept(without(part, "type", "image_url", "file_id", "detail"));
    return { kind: "image", source, detail: textOrNull(part.detail), cache: null, ...rest };
  },
  input_file(part) {
    const source = documentSource(part);
    if (!source) return null;
    const rest = kept(without(part, "type", "file_data", "file_url", "file_id", "filename"));
    return { kind: "document", source, name: textOrNull(part.filename), cache: null, ...rest };
  },
};

function readPart(part: Fields): Block {
  const type = textOrNull(part.type) ?? "";
  const read = Object.hasOwn(READERS, type) ? READERS[type]?.(part) : null;
  return read ?? { kind: "other", name: type, extra: ownExtra(part) };
}

function readText(part: Fields): TextBlock | null {
  const text = textOrNull(part.text);
  if (text === null) return null;
  const citations = Array.isArray(part.annotations) ? part.annotations.map(readAnnotation) : [];
  // What its role makes of a text is written anew.
  const rest = without(part, "text", "annotations", "type");
  return { ...plainText(text), citations, ...kept(rest) };
}

const URL_CITATION = "url_citation";

/** An annotation of a text; those of files have no address. */
export function readAnnotation(annotation: unknown): Citation {
  const given = fields(annotation);
  const isUrl = given.type === URL_CITATION;
  const known = ["type", "url", "title", "start_index", "end_index"];
  return {
    url: isUrl ? textOrNull(given.url) : null,
    title: isUrl ? textOrNull(given.title) : textOrNull(given.filename),
    citedText: null,
    start: tokenCount(given.start_index),
    end: tokenCount(given.end_index),
    ...kept(isUrl ? without(given, ...known) : given),
  };
}
