import type { Usage } from "../../../model";
import type { NeutralEvent } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import { writeChatUsage } from "../../openai-usage";
import type { Fields } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import { blockDeltas } from "./block-deltas";
import { completionHead } from "./completion-head";
import { writeFinish } from "./finish-reasons";
import { wantsFunctionCall } from "./read-tools";

const DONE = "data: [DONE]\n\n";

/**
 * A streamed answer as chunks. The one with the usage comes only where the caller asks for it.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function writeEvents(facts: AnswerFacts): Machine<NeutralEvent, Uint8Array> {
  const older = wantsFunctionCall(facts.call.tools);
  const wantsUsage = facts.call.includeUsage === true;
  const blocks = blockDeltas(facts, older);
  let head = completionHead(null, "chat.completion.chunk", facts);
  let begun = false;
  let ended = false;
  let usage: Usage | null = null;

  const chunk = (choices: readonly Fields[], stated: unknown = null) => {
    const body = { ...head, choices, ...(wantsUsage ? { usage: stated } : {}) };
    return `data: ${JSON.stringify(body)}\n\n`;
  };
  const delta = (told: Fields, finish_reason: string | null = null) =>
    chunk([{ index: 0, delta: told, logprobs: null, finish_reason }]);
  const begin = (): string[] => {
    if (begun) return [];
    begun = true;
    return [delta({ role: "assistant", content: "", refusal: null })];
  };
  const finish = ({ reason }: Extract<NeutralEvent, { kind: "finish" }>): string[] => {
    ended = true;
    const last = [...blocks.end().map((one) => delta(one)), delta({}, writeFinish(reason, older))];
    return [...last, ...(wantsUsage && usage ? [chunk([], writeChatUsage(usage))] : []), DONE];
  };
  const write = (event: NeutralEvent): string[] => {
    if (event.kind === "usage") {
      ({ usage } = event);
      return [];
    }
    if (event.kind === "fail") {
      ended = true;
      return [];
    }
    if (event.kind === "start") head = completionHead(event.id, "chat.completion.chunk", facts);
    const first = begin();
    if (event.kind === "finish") return [...first, ...finish(event)];
    if (event.kind === "start") return first;
    return [...first, ...blocks.write(event).map((one) => delta(one))];
  };
  return {
    push: (event) => (ended ? [] : write(event).map(encode)),
    end: () => [],
  };
}
