import type { UpstreamCall } from "../call";
import { newUpstreamId } from "../ids";
import type { StreamEvent } from "../reply";
import type { WireMessage } from "./message";

/** An answer written out once, for all requests with the same bytes. */
export interface PreparedAnswer {
  message: WireMessage;
  /** Of a stream; a whole answer is one event. */
  events: readonly StreamEvent[];
}

/** Answers by the request that they belong to; see `preparedKey`. */
export type PreparedAnswers = Map<string, PreparedAnswer>;

const MOST_ANSWERS = 500;

/** What decides an answer: the bytes of the request, its key, and how it was asked. */
export function preparedKey(call: UpstreamCall): string {
  return `${call.action} ${call.key} ${call.bodySha256} ${call.headers["x-fake-upstream"] ?? ""}`;
}

/**
 * Keeps an answer when the next one to the same bytes will be the same: plain text (ids of tool calls
 * and signatures must be new each time), no prompt cache, no fault that takes part in the answer.
 */
export function keepAnswer(
  answers: PreparedAnswers,
  call: UpstreamCall,
  answer: PreparedAnswer,
  cached: boolean,
): void {
  const plain = answer.message.blocks.every((block) => block.content.type === "text");
  if (!plain || cached || call.faults.length > 0) return;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(preparedKey(call), answer);
}

/** A kept answer under a message id of its own. Only the first event names it. */
export function renewAnswer({ message, events }: PreparedAnswer): PreparedAnswer {
  const id = newUpstreamId("msg_01");
  const [first, ...rest] = events;
  if (first === undefined) return { message, events };
  const renamed = { ...first, text: first.text.replace(message.id, id) };
  return { message: { ...message, id }, events: [renamed, ...rest] };
}
