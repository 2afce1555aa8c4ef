import type { StreamForm, Usage } from "../../../model";
import type { NeutralEvent, OpenBlock } from "../../../neutral-answer";
import type { Citation } from "../../../neutral-blocks";
import { encode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import type { AnswerFacts } from "../../translator";
import { lossList } from "./loss-list";
import type { Message } from "./proto-fields";
import { type Wrap, writeResponse } from "./write-answer";
import { callPart, signed, thoughtPart, wholeParts } from "./write-answer-parts";
import { type GroundingWriter, groundingWriter } from "./write-grounding";

interface Growing {
  block: OpenBlock;
  text: string;
  signature: string | null;
  citations: Citation[];
}

/**
 * Events as a stream of responses: text as it comes, a function call once it is whole. After the end
 * nothing follows but, in the array form, its bracket.
 * @see https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export function writeGeminiEvents(
  facts: AnswerFacts,
  wrap: Wrap = (response) => response,
): Machine<NeutralEvent, Uint8Array> {
  const frame = framer(facts.form ?? "sse");
  const grounding = groundingWriter();
  const losses = lossList();
  const grow = growingParts(grounding, facts.call.reasoning?.show !== false);
  const names = { id: facts.requestId, model: facts.model };
  let usage: Usage | null = null;
  let over = false;

  const last = ({ reason, extra }: Finish): Uint8Array[] => {
    const ending = { reason, extra, metadata: grounding.metadata() };
    // Clients read the text of every piece, so the last one has an empty one.
    return [frame(wrap(writeResponse([{ text: "" }], usage, names, ending)), true)];
  };
  const take = (event: NeutralEvent): Uint8Array[] => {
    if (event.kind === "start") names.id = event.id ?? facts.requestId;
    if (event.kind === "usage") ({ usage } = event);
    over = event.kind === "finish" || event.kind === "fail";
    const parts = event.kind === "whole" ? wholeParts(event.block, grounding, losses) : grow(event);
    const pieces =
      parts.length > 0 ? [frame(wrap(writeResponse(parts, usage, names, null)), false)] : [];
    return event.kind === "finish" ? [...pieces, ...last(event)] : pieces;
  };
  return { push: (event) => (over ? [] : take(event)), end: () => [] };
}

type Finish = Extract<NeutralEvent, { kind: "finish" }>;

/** Parts of the open block as they become known. */
function growingParts(grounding: GroundingWriter, showsThoughts: boolean) {
  let growing: Growing | null = null;

  const grown = (): Message[] => {
    const done = growing;
    growing = null;
    if (done?.block.kind === "text") grounding.text(done.text, done.citations);
    if (done?.block.kind !== "tool-call") return [];
    const { id, name } = done.block;
    return [callPart({ id, name, input: done.text, signature: done.signature })];
  };
  const delta = (text: string): Message[] => {
    if (!growing) return [];
    growing.text += text;
    if (growing.block.kind === "text") return [{ text }];
    return growing.block.kind === "thinking" && showsThoughts ? [thoughtPart(text, null)] : [];
  };
  const sign = (signature: string): Message[] => {
    if (!growing) return [];
    growing.signature = signature;
    if (growing.block.kind === "text") return [{ text: "", ...signed(signature) }];
    return growing.block.kind === "thinking" ? [thoughtPart("", signature)] : [];
  };

  return (event: NeutralEvent): Message[] => {
    if (event.kind === "delta") return delta(event.text);
    if (event.kind === "sign") return sign(event.signature);
    if (event.kind === "cite") growing?.citations.push(event.citation);
    if (event.kind === "close" || event.kind === "finish") return grown();
    if (event.kind !== "open") return [];
    const before = grown();
    growing = { block: event.block, text: "", signature: null, citations: [] };
    return before;
  };
}

/** Google ends the lines of its streams with CRLF. */
function framer(form: StreamForm): (response: Message, isLast: boolean) => Uint8Array {
  let isFirst = true;
  return (response, isLast) => {
    const json = JSON.stringify(response);
    const before = isFirst ? "[" : ",\r\n";
    isFirst = false;
    if (form === "sse") return encode(`data: ${json}\r\n\r\n`);
    return encode(`${before}${json}${isLast ? "\n]\n" : ""}`);
  };
}
