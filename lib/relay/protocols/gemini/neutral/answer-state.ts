import type { NeutralEvent, OpenBlock, WholeBlock } from "../../../neutral-answer";
import { answerEnd } from "./answer-end";
import { answerSources } from "./answer-sources";
import { openBlockState } from "./open-block";
import type { Message } from "./proto-fields";

/** An answer as far as it has been read. */
export type AnswerState = ReturnType<typeof answerState>;

/** Nothing of an answer has been read yet. */
export function answerState() {
  const open = openBlockState();
  const found = answerSources();
  const end = answerEnd();
  let begun = false;
  let over = false;
  let blocks = 0;
  let hosted = 0;
  let called = false;

  const whole = (block: WholeBlock): NeutralEvent[] => {
    blocks++;
    return [...open.close(), { kind: "whole", block }];
  };

  return {
    end,
    whole,
    isOver: () => over,
    begin(id: string | null, model: string | null): NeutralEvent[] {
      if (begun) return [];
      begun = true;
      return [{ kind: "start", id, model }];
    },
    /** Pages and searches that are known before the text they support are told before it. */
    sources(candidate: Message): NeutralEvent[] {
      found.read(candidate);
      open.supported(found.supports());
      const fetches = found.fetches(candidate);
      const early = blocks === 0 ? found.search(true) : [];
      return [...fetches, ...early].flatMap(whole);
    },
    grow(kind: "text" | "thinking", text: string, signature: string | null): NeutralEvent[] {
      const events = open.grow(kind, text, signature);
      if (events.length > 0) blocks++;
      return events;
    },
    call(block: OpenBlock, input: string, signature: string | null): NeutralEvent[] {
      blocks++;
      called = true;
      return open.whole(block, input, signature);
    },
    /** Id of the next call that Google answers itself, or of the last one. */
    hostedId: (next: boolean) => `hosted_${next ? ++hosted : hosted}`,
    fail(failure: { status: number; message: string }): NeutralEvent[] {
      over = true;
      return [...open.close(), { kind: "fail", ...failure }];
    },
    /** After the last byte: what is still open, a search that nothing told yet, and the end. */
    close(): NeutralEvent[] {
      const finish = over ? null : end.event(called);
      if (!finish) return [];
      over = true;
      return [...open.close(), ...found.search(false).flatMap(whole), finish];
    },
  };
}
