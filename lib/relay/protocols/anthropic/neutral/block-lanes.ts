import type { NeutralEvent, OpenBlock } from "../../../neutral-answer";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { readCitation } from "./citations";
import { readWholeBlock } from "./read-answer";
import { isObject, type Json, leftOver, listOf } from "./wire";

/** A block of a streamed answer while it grows. */
interface Lane {
  index: unknown;
  /** Events that wait for the block before to close. */
  held: NeutralEvent[];
  closed: boolean;
  /** JSON text of the input so far. */
  input: string;
  /** The block as it opened; blocks that are handed out whole grow here. */
  raw: Json;
  whole: boolean;
}

/** Blocks of a stream, by their index, handed out one after the other. */
interface BlockLanes {
  start(index: unknown, block: unknown): void;
  delta(index: unknown, delta: unknown): void;
  stop(index: unknown): void;
  /** Closes what is still open. */
  closeAll(): void;
}

/**
 * Tells of one block at a time, whatever order the upstream mixes them in: Anthropic sends one after the
 * other, upstreams that only speak like it do not always.
 */
export function blockLanes(emit: (events: readonly NeutralEvent[]) => void): BlockLanes {
  let lanes: Lane[] = [];
  const tell = (lane: Lane, events: readonly NeutralEvent[]) => {
    if (lane === lanes[0]) emit(events);
    else lane.held.push(...events);
  };
  const advance = () => {
    while (lanes[0]?.closed) {
      lanes = lanes.slice(1);
      const next = lanes[0];
      if (!next) return;
      emit(next.held);
      next.held = [];
    }
  };
  const close = (lane: Lane) => {
    tell(lane, closing(lane));
    lane.closed = true;
  };
  const laneOf = (index: unknown) => lanes.find((lane) => lane.index === index && !lane.closed);
  return {
    start(index, block) {
      const before = laneOf(index);
      if (before) close(before);
      const raw = fields(block);
      const open = opening(raw);
      const lane = { index, held: [], closed: false, input: "", raw, whole: open === null };
      lanes.push(lane);
      advance();
      if (open) tell(lane, [{ kind: "open", block: open }, ...openedWith(raw)]);
    },
    delta(index, delta) {
      const lane = laneOf(index);
      if (lane) tell(lane, grow(lane, fields(delta)));
    },
    stop(index) {
      const lane = laneOf(index);
      if (lane) close(lane);
      advance();
    },
    closeAll() {
      for (const lane of lanes.filter(({ closed }) => !closed)) close(lane);
      advance();
    },
  };
}

/** How a block opens in a stream; null for one that is handed out whole. */
function opening(raw: Json): OpenBlock | null {
  if (raw.type === "text") return { kind: "text" };
  if (raw.type === "thinking") {
    return { kind: "thinking", ...leftOver(raw, ["type", "thinking", "signature"]) };
  }
  if (raw.type !== "tool_use") return null;
  const id = textOrNull(raw.id) ?? "";
  const name = textOrNull(raw.name) ?? "";
  return { kind: "tool-call", id, name, ...leftOver(raw, ["type", "id", "name", "input"]) };
}

/** What a block holds already as it opens. */
function openedWith({ text, thinking, signature, citations }: Json): NeutralEvent[] {
  const said = textOrNull(text) || textOrNull(thinking);
  const signed = textOrNull(signature);
  return [
    ...(said ? [{ kind: "delta" as const, text: said }] : []),
    ...listOf(citations).map(
      (one): NeutralEvent => ({ kind: "cite", citation: readCitation(one) }),
    ),
    ...(signed ? [{ kind: "sign" as const, signature: signed }] : []),
  ];
}

type Grow = (lane: Lane, delta: Json) => NeutralEvent[];

/** @see https://docs.claude.com/en/docs/build-with-claude/streaming#content-block-delta-types */
const GROWTH: Readonly<Record<string, Grow>> = {
  text_delta: (_, { text }) => piece(text),
  thinking_delta: (_, { thinking }) => piece(thinking),
  signature_delta: (_, { signature }) => {
    const given = textOrNull(signature);
    return given ? [{ kind: "sign", signature: given }] : [];
  },
  citations_delta: (_, { citation }) => [{ kind: "cite", citation: readCitation(citation) }],
  input_json_delta(lane, { partial_json }) {
    lane.input += textOrNull(partial_json) ?? "";
    return lane.whole ? [] : piece(partial_json);
  },
};

function grow(lane: Lane, delta: Json): NeutralEvent[] {
  const type = textOrNull(delta.type) ?? "";
  if (Object.hasOwn(GROWTH, type)) return GROWTH[type]?.(lane, delta) ?? [];
  // Such as a compaction, whose text comes in a delta of its own type.
  const { type: _, ...grown } = delta;
  if (lane.whole) lane.raw = { ...lane.raw, ...grown };
  return [];
}

function piece(text: unknown): NeutralEvent[] {
  return typeof text === "string" && text !== "" ? [{ kind: "delta", text }] : [];
}

function closing({ whole, raw, input }: Lane): NeutralEvent[] {
  if (whole) {
    const parsed = input === "" ? undefined : parseJson(input);
    return [
      {
        kind: "whole",
        block: readWholeBlock(parsed === undefined ? raw : { ...raw, input: parsed }),
      },
    ];
  }
  // Some upstreams give the whole input as the block opens.
  const early = isObject(raw.input) && Object.keys(raw.input).length > 0 && input === "";
  return [...(early ? piece(JSON.stringify(raw.input)) : []), { kind: "close" }];
}
