import type { Usage } from "../../../model";
import type { NeutralEvent } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import type { AnswerFacts } from "../../translator";
import { writeAnswerBlock } from "./answer-blocks";
import { answerCitation } from "./citations";
import { messageHead } from "./message-head";
import { STOP_REASONS } from "./stop-reasons";
import { isObject, type Json, ownFields } from "./wire";
import { writeUsage } from "./write-usage";

type Of<K extends NeutralEvent["kind"]> = Extract<NeutralEvent, { kind: K }>;
type Writers = { [K in NeutralEvent["kind"]]: (event: Of<K>) => string[] };

/**
 * A streamed message. `message_start` waits for the event after it, which may state the usage that
 * belongs into it; the final counts come with `message_delta`.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export function writeEvents(facts: AnswerFacts): Machine<NeutralEvent, Uint8Array> {
  let id: string | null = null;
  let started = false;
  let begun = false;
  let ended = false;
  let usage: Usage | null = null;
  const block = blockWriter();

  const begin = (): string[] => {
    if (begun) return [];
    begun = true;
    return [frame("message_start", { message: opened(messageHead(id, facts), usage) })];
  };
  const writers: Writers = {
    start(event) {
      ({ id } = event);
      started = true;
      return [];
    },
    usage(event) {
      ({ usage } = event);
      return started ? begin() : [];
    },
    open: (event) => [...begin(), ...block.open(event)],
    delta: ({ text }) => block.delta(text),
    sign: ({ signature }) => block.sign(signature),
    cite: ({ citation }) => block.cite(answerCitation(citation)),
    close: () => block.close(),
    whole: (event) => [...begin(), ...block.close(), ...block.whole(event)],
    finish(event) {
      ended = true;
      return [...begin(), ...block.close(), ...lastFrames(event, usage)];
    },
    fail() {
      ended = true;
      return [];
    },
  };
  return {
    push(event) {
      if (ended) return [];
      // TypeScript does not see that the writer under an event's own kind takes that event.
      const write = writers[event.kind] as (event: NeutralEvent) => string[];
      return write(event).map(encode);
    },
    end: () => [],
  };
}

function frame(type: string, fields: Json = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

function opened(head: Json, usage: Usage | null): Json {
  const nothing = { content: [], stop_reason: null, stop_sequence: null, stop_details: null };
  return { ...head, ...nothing, usage: writeUsage(usage) };
}

/** Frames of the blocks; deltas of what is not open are dropped. */
function blockWriter() {
  let index = -1;
  let kind: "text" | "thinking" | "tool-call" | null = null;

  const delta = (fields: Json) => frame("content_block_delta", { index, delta: fields });
  const close = (): string[] => {
    if (kind === null) return [];
    kind = null;
    return [frame("content_block_stop", { index })];
  };
  const start = (block: Json) => {
    index += 1;
    return frame("content_block_start", { index, content_block: block });
  };
  const only = (wanted: typeof kind, fields: Json | null) =>
    kind === wanted && fields ? [delta(fields)] : [];
  return {
    close,
    open({ block }: Of<"open">): string[] {
      const before = close();
      const opening = openedBlock(block);
      kind = block.kind;
      return [...before, start(opening)];
    },
    delta: (text: string) => (kind === null ? [] : [delta(DELTAS[kind](text))]),
    sign: (signature: string) => only("thinking", { type: "signature_delta", signature }),
    cite: (citation: Json | null) =>
      only("text", citation && { type: "citations_delta", citation }),
    whole({ block }: Of<"whole">): string[] {
      const written = writeAnswerBlock(block, () => {});
      if (!written) return [];
      return [...wholeFrames(written, start, delta), frame("content_block_stop", { index })];
    },
  };
}

const DELTAS = {
  text: (text: string): Json => ({ type: "text_delta", text }),
  thinking: (thinking: string): Json => ({ type: "thinking_delta", thinking }),
  "tool-call": (partial_json: string): Json => ({ type: "input_json_delta", partial_json }),
};

function openedBlock(block: Of<"open">["block"]): Json {
  if (block.kind === "text") return { type: "text", text: "" };
  const rest = ownFields(block.extra);
  if (block.kind === "thinking") return { type: "thinking", thinking: "", signature: "", ...rest };
  return { type: "tool_use", id: block.id, name: block.name, input: {}, ...rest };
}

/** Texts and inputs come in deltas, as clients gather them; anything else as the block opens. */
function wholeFrames(block: Json, start: (block: Json) => string, delta: (delta: Json) => string) {
  if (block.type === "text" && typeof block.text === "string") {
    return [start({ ...block, text: "" }), delta(DELTAS.text(block.text))];
  }
  if (!isObject(block.input)) return [start(block)];
  const input = JSON.stringify(block.input);
  return [start({ ...block, input: {} }), delta(DELTAS["tool-call"](input))];
}

/** What an end of this protocol states about the delta; the rest stands beside it. */
const DELTA_FIELDS = ["stop_reason", "stop_details", "container"];
const EVENT_FIELDS = ["usage", "context_management"];

function lastFrames({ reason, stopSequence, extra }: Of<"finish">, usage: Usage | null): string[] {
  const own = ownFields(extra);
  const delta = {
    stop_reason: STOP_REASONS[reason],
    stop_sequence: stopSequence,
    stop_details: null,
  };
  const fields = {
    delta: { ...delta, ...picked(own, DELTA_FIELDS) },
    usage: writeUsage(usage),
    ...picked(own, EVENT_FIELDS),
  };
  return [frame("message_delta", fields), frame("message_stop")];
}

function picked(fields: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
