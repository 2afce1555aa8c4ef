import type { NeutralEvent, OpenBlock, WholeBlock } from "../../../neutral-answer";
import type { Citation, TextBlock } from "../../../neutral-blocks";
import { freeText, isCustomTool } from "../../custom-input";
import { fields } from "../../json-fields";
import { type Fields, stated, without } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import {
  answeredCall,
  itemIds,
  messageItem,
  type NextId,
  textPart,
  wholeItem,
} from "./answer-items";
import { ownFields } from "./own-extra";
import { annotationOf } from "./write-parts";

type Emit = (type: string, event: Fields) => void;

/** A block while it is told. */
interface OpenWriter {
  delta(text: string): void;
  sign(signature: string): void;
  cite(citation: Citation): void;
  close(): void;
}

/** What the writers of one answer share. */
interface Output {
  facts: AnswerFacts;
  emit: Emit;
  nextId: NextId;
  /** Items as they are in the end; an open one has its place already. */
  items: Fields[];
  message: { id: string; index: number; content: Fields[] } | null;
}

type BlockEvent = Extract<
  NeutralEvent,
  { kind: "open" | "delta" | "sign" | "cite" | "close" | "whole" }
>;

/** Tells the items of an answer, event by event; texts that follow each other are one message. */
export function outputWriter(facts: AnswerFacts, emit: Emit) {
  const output: Output = { facts, emit, nextId: itemIds(facts), items: [], message: null };
  let open: OpenWriter | null = null;
  const close = () => {
    open?.close();
    open = null;
  };
  return {
    items: output.items,
    write(event: BlockEvent) {
      if (event.kind === "delta") open?.delta(event.text);
      else if (event.kind === "sign") open?.sign(event.signature);
      else if (event.kind === "cite") open?.cite(event.citation);
      else close();
      if (event.kind === "open") open = opened(event.block, output);
      else if (event.kind === "whole") writeWhole(event.block, output);
    },
    /** Ends what is open. */
    end() {
      close();
      endMessage(output);
    },
  };
}

function opened(block: OpenBlock, output: Output): OpenWriter {
  if (block.kind === "text") return textWriter(output);
  endMessage(output);
  return block.kind === "thinking" ? thoughtWriter(block, output) : callWriter(block, output);
}

/** The whole of one item, and the place that it has in the output. */
function addItem({ emit, items }: Output, item: Fields): number {
  emit("response.output_item.added", { output_index: items.length, item });
  return items.push(item) - 1;
}

function endItem({ emit, items }: Output, index: number, item: Fields): void {
  items[index] = item;
  emit("response.output_item.done", { output_index: index, item });
}

const IN_PROGRESS = { status: "in_progress" };

function messageOf(output: Output) {
  if (output.message) return output.message;
  const id = output.nextId("msg");
  const index = addItem(output, messageItem(id, [], IN_PROGRESS));
  output.message = { id, index, content: [] };
  return output.message;
}

function endMessage(output: Output): void {
  const { message } = output;
  output.message = null;
  if (message) endItem(output, message.index, messageItem(message.id, message.content));
}

function textWriter(output: Output): OpenWriter {
  const { emit } = output;
  const { id, index, content } = messageOf(output);
  const place = { item_id: id, output_index: index, content_index: content.length };
  const block = { text: "", citations: [] as Citation[] };
  const part = () =>
    textPart({ kind: "text", cache: null, signature: null, ...block } satisfies TextBlock);
  let annotations = 0;
  emit("response.content_part.added", { ...place, part: part() });
  return {
    delta(text) {
      block.text += text;
      emit("response.output_text.delta", { ...place, delta: text, logprobs: [] });
    },
    cite(citation) {
      const annotation = annotationOf(citation, block.text.length);
      if (!annotation) return;
      block.citations.push(citation);
      const event = { ...place, annotation_index: annotations++, annotation };
      emit("response.output_text.annotation.added", event);
    },
    sign() {},
    close() {
      const whole = part();
      emit("response.output_text.done", { ...place, text: block.text, logprobs: [] });
      emit("response.content_part.done", { ...place, part: whole });
      content.push(whole);
    },
  };
}

function thoughtWriter(
  block: Extract<OpenBlock, { kind: "thinking" }>,
  output: Output,
): OpenWriter {
  const { emit } = output;
  const id = output.nextId("rs");
  const base = { id, ...without(ownFields(block.extra), "id"), type: "reasoning" };
  const index = addItem(output, { ...base, summary: [] });
  const place = { item_id: id, output_index: index, summary_index: 0 };
  const part = (text: string) => ({ type: "summary_text", text });
  let text = "";
  let signature: string | null = null;
  return {
    delta(piece) {
      if (piece === "") return;
      if (text === "") emit("response.reasoning_summary_part.added", { ...place, part: part("") });
      text += piece;
      emit("response.reasoning_summary_text.delta", { ...place, delta: piece });
    },
    cite() {},
    sign(given) {
      signature = given;
    },
    close() {
      const summary = text === "" ? [] : [part(text)];
      if (text !== "") {
        emit("response.reasoning_summary_text.done", { ...place, text });
        emit("response.reasoning_summary_part.done", { ...place, part: part(text) });
      }
      endItem(output, index, stated({ ...base, summary, encrypted_content: signature }));
    },
  };
}

/** The free text of a custom tool is told when it is whole: it may come wrapped in JSON. */
function callWriter(block: Extract<OpenBlock, { kind: "tool-call" }>, output: Output): OpenWriter {
  const { emit, facts } = output;
  const own = without(ownFields(block.extra), "id");
  const isCustom = own.type === "custom_tool_call" || isCustomTool(block.name, facts);
  const id = output.nextId(isCustom ? "ctc" : "fc");
  const name = isCustom ? "input" : "arguments";
  const event = `response.${isCustom ? "custom_tool_call_input" : "function_call_arguments"}`;
  const item = (input: string): Fields => ({
    ...answeredCall({ ...block, input }, facts, () => id),
    id,
  });
  const index = addItem(output, { ...item(""), [name]: "", ...IN_PROGRESS });
  const place = { item_id: id, output_index: index };
  let input = "";
  return {
    delta(piece) {
      input += piece;
      if (!isCustom) emit(`${event}.delta`, { ...place, delta: piece });
    },
    cite() {},
    sign() {},
    close() {
      const whole = item(input);
      if (isCustom && input !== "") emit(`${event}.delta`, { ...place, delta: freeText(input) });
      emit(`${event}.done`, { ...place, name: block.name, [name]: whole[name] });
      endItem(output, index, whole);
    },
  };
}

function writeWhole(block: WholeBlock, output: Output): void {
  // Items that are told in no words of their own must not part a message.
  const items = wholeItem(block, output.nextId, () => {});
  if (items.length === 0) return;
  endMessage(output);
  for (const item of items) {
    const isSearch = item.type === "web_search_call";
    const begun = isSearch ? { ...item, ...IN_PROGRESS } : item;
    const index = addItem(output, begun);
    if (isSearch) tellSearch(output, fields(item).id, index);
    endItem(output, index, item);
  }
}

function tellSearch({ emit }: Output, id: unknown, index: number): void {
  for (const state of ["in_progress", "searching", "completed"]) {
    emit(`response.web_search_call.${state}`, { output_index: index, item_id: id });
  }
}
