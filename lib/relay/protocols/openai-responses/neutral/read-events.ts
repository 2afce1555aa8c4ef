import type { StreamForm } from "../../../model";
import type { NeutralEvent } from "../../../neutral-answer";
import type { Machine } from "../../../stream/machine";
import { eventReader } from "../../event-reader";
import { fields, textOrNull, tokenCount } from "../../json-fields";
import { readOpenaiError } from "../../openai-error-status";
import { readResponsesUsage } from "../../openai-usage";
import type { Fields } from "../../own-extra";
import { type OpenItem, openItem } from "./open-item";
import { finishOf, restOf } from "./read-answer";

/**
 * A streamed answer as events. What belongs to an item other than the open one is held back until that
 * one is done.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function readEvents(form: StreamForm): Machine<Uint8Array, NeutralEvent> {
  const items = itemsInOrder();
  let started = false;

  const start = (response: Fields): NeutralEvent[] => {
    if (started) return [];
    started = true;
    return [{ kind: "start", id: textOrNull(response.id), model: textOrNull(response.model) }];
  };
  const finish = (response: Fields): NeutralEvent[] => {
    const usage = readResponsesUsage(response.usage);
    const output = Array.isArray(response.output) ? response.output.map(fields) : [];
    const done = output.length > 0 ? output : items.done;
    return [
      ...start(response),
      ...items.flush(),
      ...(usage ? [{ kind: "usage" as const, usage }] : []),
      {
        kind: "finish",
        reason: finishOf(response, done),
        stopSequence: null,
        extra: restOf(response),
      },
    ];
  };
  const fail = (error: unknown): NeutralEvent[] => [{ kind: "fail", ...readOpenaiError(error) }];
  const byType: Readonly<Record<string, (piece: Fields) => NeutralEvent[]>> = {
    "response.created": ({ response }) => start(fields(response)),
    "response.queued": ({ response }) => start(fields(response)),
    "response.in_progress": ({ response }) => start(fields(response)),
    "response.completed": ({ response }) => finish(fields(response)),
    "response.incomplete": ({ response }) => finish(fields(response)),
    "response.failed": ({ response }) => fail(fields(response).error),
    error: (piece) => fail(piece.error ?? piece),
  };
  let ended = false;
  return eventReader(form, (given, name) => {
    const piece = fields(given);
    const type = textOrNull(piece.type) ?? name ?? "";
    if (ended) return [];
    const events = Object.hasOwn(byType, type) ? byType[type]?.(piece) : items.take(type, piece);
    ended = events?.some(({ kind }) => kind === "finish" || kind === "fail") ?? false;
    return events ?? [];
  });
}

/** Hands out what items tell, one after the other, in whatever order their pieces arrive. */
function itemsInOrder() {
  const done: Fields[] = [];
  const passed = new Set<number>();
  let open: { index: number; item: OpenItem } | null = null;
  let waiting: { type: string; piece: Fields; index: number }[] = [];

  const leave = () => {
    if (open) passed.add(open.index);
    open = null;
  };
  const handle = (type: string, piece: Fields, index: number): NeutralEvent[] => {
    if (!open) open = { index, item: openItem() };
    const events = open.item.take(type, piece);
    if (type !== DONE) return events;
    done.push(fields(piece.item));
    leave();
    return [...events, ...replay()];
  };
  /** Whether what waited can be told now. */
  const replay = (): NeutralEvent[] => {
    const [first] = waiting;
    if (!first || open) return [];
    const mine = waiting.filter(({ index }) => index === first.index);
    waiting = waiting.filter(({ index }) => index !== first.index);
    return mine.flatMap(({ type, piece, index }) => handle(type, piece, index));
  };
  return {
    done,
    take(type: string, piece: Fields): NeutralEvent[] {
      const index = tokenCount(piece.output_index);
      if (index === null || passed.has(index)) return [];
      if (!open || open.index === index) return handle(type, piece, index);
      waiting.push({ type, piece, index });
      if (!open.item.givesWay()) return [];
      const closing = open.item.close();
      leave();
      return [...closing, ...replay()];
    },
    /** What is left when the response ends without a word of the item's own end. */
    flush(): NeutralEvent[] {
      const events: NeutralEvent[] = [];
      while (open || waiting.length > 0) {
        if (open) events.push(...open.item.close());
        leave();
        events.push(...replay());
      }
      return events;
    },
  };
}

const DONE = "response.output_item.done";
