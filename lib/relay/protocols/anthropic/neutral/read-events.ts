import type { StreamForm } from "../../../model";
import type { NeutralEvent } from "../../../neutral-answer";
import type { Machine } from "../../../stream/machine";
import { eventReader } from "../../event-reader";
import { fields, textOrNull } from "../../json-fields";
import { inBand } from "../meter";
import { anthropicTally } from "../usage";
import { blockLanes } from "./block-lanes";
import { finishExtra } from "./read-answer";
import { finishOf, unknownReason } from "./stop-reasons";
import { type Json, leftOver } from "./wire";

/**
 * Events of a streamed message. The end is only told by `message_stop`.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export function readEvents(form: StreamForm): Machine<Uint8Array, NeutralEvent> {
  const tally = anthropicTally();
  let out: NeutralEvent[] = [];
  let ended = false;
  let reason: Json = {};
  let rest: Json = {};
  const emit = (events: readonly NeutralEvent[]) => {
    out.push(...events);
  };
  const lanes = blockLanes(emit);
  const count = (usage: unknown) => {
    tally.add(usage);
    const stated = usage ? tally.usage() : null;
    if (stated) emit([{ kind: "usage", usage: stated }]);
  };
  const byType: Readonly<Record<string, (event: Json) => void>> = {
    message_start({ message }) {
      const { id, model, usage } = fields(message);
      emit([{ kind: "start", id: textOrNull(id), model: textOrNull(model) }]);
      count(usage);
    },
    content_block_start: ({ index, content_block }) => lanes.start(index, content_block),
    content_block_delta: ({ index, delta }) => lanes.delta(index, delta),
    content_block_stop: ({ index }) => lanes.stop(index),
    message_delta(event) {
      const delta = fields(event.delta);
      count(event.usage);
      reason = { ...reason, ...delta };
      rest = { ...rest, ...restOf(event, delta) };
    },
    message_stop() {
      lanes.closeAll();
      const { stop_reason, stop_sequence } = reason;
      const extra = finishExtra({ ...rest, ...unknownReason(stop_reason) });
      const stopSequence = textOrNull(stop_sequence);
      emit([{ kind: "finish", reason: finishOf(stop_reason), stopSequence, ...extra }]);
      ended = true;
    },
    error({ error }) {
      emit([{ kind: "fail", ...inBand(fields(error)) }]);
      ended = true;
    },
  };
  return eventReader(form, (piece, name) => {
    out = [];
    const event = fields(piece);
    const type = textOrNull(event.type) ?? name ?? "";
    // What comes after the end is no part of the answer.
    if (!ended && Object.hasOwn(byType, type)) byType[type]?.(event);
    return out;
  });
}

/** What an answer's end states besides: under the names that a whole answer has for it. */
function restOf(event: Json, delta: Json): Json {
  return {
    ...leftOver(delta, ["stop_reason", "stop_sequence"]).extra?.fields,
    ...leftOver(event, ["type", "delta"]).extra?.fields,
  };
}
