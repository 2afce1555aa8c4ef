import { AppError } from "../../shared/errors";
import { NO_USAGE, type Usage } from "../model";
import type { AnswerBlock, NeutralAnswer, NeutralEvent, OpenBlock } from "../neutral-answer";
import type { Extra } from "../neutral-blocks";

/** Block of an answer that is still growing. */
interface Growing {
  open: OpenBlock;
  text: string;
  signature: string | null;
  citations: Extract<NeutralEvent, { kind: "cite" }>["citation"][];
}

/** What has been gathered of an answer so far. */
interface Gathered {
  blocks: AnswerBlock[];
  growing: Growing | null;
  start: Pick<NeutralAnswer, "id" | "model">;
  usage: Usage | null;
  finish: Extract<NeutralEvent, { kind: "finish" }> | null;
}

type Take<K extends NeutralEvent["kind"]> = (
  into: Gathered,
  event: Extract<NeutralEvent, { kind: K }>,
) => void;

const TAKE: { [K in NeutralEvent["kind"]]: Take<K> } = {
  start(into, { id, model }) {
    into.start = { id, model };
  },
  usage(into, { usage }) {
    into.usage = usage;
  },
  open(into, { block }) {
    close(into);
    into.growing = { open: block, text: "", signature: null, citations: [] };
  },
  delta: grow,
  sign: grow,
  cite: grow,
  close,
  whole(into, { block }) {
    into.blocks.push(block);
  },
  finish(into, event) {
    into.finish = event;
  },
  fail(_, { message }) {
    throw new AppError("upstream_broken", message);
  },
};

/**
 * Gathers a stream's events into the whole answer that they tell.
 * Throws AppError("upstream_broken") when they do not end in `finish`.
 */
export function gatherAnswer(events: Iterable<NeutralEvent>): NeutralAnswer {
  const into: Gathered = {
    blocks: [],
    growing: null,
    start: { id: null, model: null },
    usage: null,
    finish: null,
  };
  for (const event of events) taking(event)(into, event);
  close(into);
  if (!into.finish) throw new AppError("upstream_broken", "The upstream's answer has no end.");
  const { reason, stopSequence, extra } = into.finish;
  const { blocks, start, usage } = into;
  return { ...start, blocks, finish: reason, stopSequence, usage, ...(extra ? { extra } : {}) };
}

/** The compiler cannot see that an event and the table's entry for its kind belong together. */
function taking(event: NeutralEvent): (into: Gathered, event: NeutralEvent) => void {
  return TAKE[event.kind] as (into: Gathered, event: NeutralEvent) => void;
}

function close(into: Gathered): void {
  if (into.growing) into.blocks.push(grown(into.growing));
  into.growing = null;
}

function grow(
  { growing }: Gathered,
  event: Extract<NeutralEvent, { kind: "delta" | "sign" | "cite" }>,
): void {
  if (!growing) return;
  if (event.kind === "delta") growing.text += event.text;
  else if (event.kind === "sign") growing.signature = event.signature;
  else growing.citations.push(event.citation);
}

function grown({ open, text, signature, citations }: Growing): AnswerBlock {
  if (open.kind === "text") return { kind: "text", text, citations, cache: null, signature };
  const extra: { extra?: Extra } = open.extra ? { extra: open.extra } : {};
  if (open.kind === "thinking") return { kind: "thinking", text, signature, ...extra };
  const { id, name } = open;
  return { kind: "tool-call", id, name, input: text, signature, cache: null, ...extra };
}

/** A whole answer as the events of a stream, for a client that asked for one. */
export function eventsOf(answer: NeutralAnswer): NeutralEvent[] {
  const { id, model, blocks, usage, finish, stopSequence, extra } = answer;
  return [
    { kind: "start", id, model },
    ...blocks.flatMap(eventsOfBlock),
    ...(usage ? [{ kind: "usage" as const, usage: { ...NO_USAGE, ...usage } }] : []),
    { kind: "finish", reason: finish, stopSequence, ...(extra ? { extra } : {}) },
  ];
}

/** One block of an answer as the events of a stream. */
export function eventsOfBlock(block: AnswerBlock): NeutralEvent[] {
  if (block.kind !== "text" && block.kind !== "thinking" && block.kind !== "tool-call") {
    return [{ kind: "whole", block }];
  }
  const text = block.kind === "tool-call" ? block.input : block.text;
  const citations = block.kind === "text" ? block.citations : [];
  return [
    { kind: "open", block: opening(block) },
    ...(text === "" ? [] : [{ kind: "delta" as const, text }]),
    ...citations.map((citation): NeutralEvent => ({ kind: "cite", citation })),
    ...(block.signature === null ? [] : [{ kind: "sign" as const, signature: block.signature }]),
    { kind: "close" },
  ];
}

function opening(
  block: Extract<AnswerBlock, { kind: "text" | "thinking" | "tool-call" }>,
): OpenBlock {
  if (block.kind === "text") return { kind: "text" };
  const extra: { extra?: Extra } = block.extra ? { extra: block.extra } : {};
  if (block.kind === "thinking") return { kind: "thinking", ...extra };
  return { kind: "tool-call", id: block.id, name: block.name, ...extra };
}
