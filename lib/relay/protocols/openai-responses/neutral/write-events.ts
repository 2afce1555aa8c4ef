import type { Usage } from "../../../model";
import type { FinishReason, NeutralEvent } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import type { Fields } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import { outputWriter } from "./output-writer";
import { ownFields } from "./own-extra";
import { lastEvent, responseObject } from "./response-object";

/**
 * A streamed answer, in the order of events that OpenAI's own helpers insist on.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function writeEvents(facts: AnswerFacts): Machine<NeutralEvent, Uint8Array> {
  let frames = "";
  let sequence = 0;
  const emit = (type: string, event: Fields) => {
    const numbered = { type, sequence_number: sequence++, ...event };
    frames += `event: ${type}\ndata: ${JSON.stringify(numbered)}\n\n`;
  };
  const output = outputWriter(facts, emit);
  let id: string | null = null;
  let usage: Usage | null = null;
  let started = false;

  const response = (finish: FinishReason | null, own: Fields) =>
    responseObject({ id, output: output.items, usage, finish, own }, facts);
  const start = () => {
    if (started) return;
    started = true;
    emit("response.created", { response: response(null, {}) });
    emit("response.in_progress", { response: response(null, {}) });
  };
  const finish = ({ reason, extra }: Extract<NeutralEvent, { kind: "finish" }>) => {
    output.end();
    const own = ownFields(extra);
    emit(lastEvent(reason, own), { response: response(reason, own) });
  };
  const write = (event: NeutralEvent) => {
    // A failure is told by the protocol's own events for it.
    if (event.kind === "fail") return;
    if (event.kind === "start") id = event.id;
    if (event.kind === "usage") usage = event.usage;
    else start();
    if (event.kind === "finish") finish(event);
    else if (event.kind !== "start" && event.kind !== "usage") output.write(event);
  };
  return {
    push(event) {
      frames = "";
      write(event);
      return frames === "" ? [] : [encode(frames)];
    },
    end: () => [],
  };
}
