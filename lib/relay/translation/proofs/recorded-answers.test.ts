import { expect, it } from "vitest";
import { NO_USAGE, type Usage } from "../../model";
import { type NeutralCall, NO_SAMPLING } from "../../neutral";
import type { NeutralAnswer } from "../../neutral-answer";
import { runAll } from "../../stream/machine";
import { othersThan, type Recorded, recordedExchanges, translatorOf } from "../../testing/recorded";
import { eventsOf, gatherAnswer } from "../answers";
import { MATRIX_IDS, type MatrixId } from "../known-losses";

const { all, leftOut } = await recordedExchanges(
  process.env.RECORDINGS_DIR ?? "../shared/recordings",
);

/** A client that asks for everything that an answer can tell. */
const CALL: NeutralCall = {
  model: "asked",
  stream: true,
  system: [],
  turns: [],
  tools: [],
  toolChoice: null,
  parallelTools: null,
  maxOutputTokens: null,
  sampling: NO_SAMPLING,
  stop: [],
  output: null,
  reasoning: null,
  verbosity: null,
  candidates: null,
  logprobs: null,
  endUser: null,
  serviceTier: null,
  includeUsage: true,
};

/** The answer in the neutral form; null for one that its provider ended with an error or not at all. */
function readBy({ translator, answer, stream }: Recorded): NeutralAnswer | null {
  try {
    if (!stream) return translator.readAnswer(answer);
    return gatherAnswer(runAll(translator.readEvents(stream), [answer]));
  } catch {
    return null;
  }
}

function writtenFor(target: MatrixId, answer: NeutralAnswer, streamed: boolean): NeutralAnswer {
  const translator = translatorOf(target);
  const form = streamed ? ("sse" as const) : null;
  const facts = { call: CALL, model: "asked", requestId: "req_1", nowMs: 0, form };
  if (!streamed) return translator.readAnswer(translator.writeAnswer(answer, facts).body);
  const bytes = runAll(translator.writeEvents(facts), eventsOf(answer));
  return gatherAnswer(runAll(translator.readEvents("sse"), bytes));
}

/** What no format may lose of an answer. */
function essence({ blocks, finish, usage }: NeutralAnswer) {
  const calls = blocks.flatMap((block) =>
    block.kind === "tool-call" ? [{ name: block.name, input: asJson(block.input) }] : [],
  );
  return {
    text: blocks.map((block) => (block.kind === "text" ? block.text : "")).join(""),
    calls,
    finish: calls.length > 0 && finish === "end" ? "tool-calls" : finish,
    // Some protocols must state usage: then nothing stated is told as nothing used.
    usage: totals(usage ?? NO_USAGE),
  };
}

function asJson(input: string): unknown {
  try {
    return JSON.parse(input === "" ? "{}" : input);
  } catch {
    return input;
  }
}

function totals(usage: Usage) {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = { ...NO_USAGE, ...usage };
  const all = (input ?? 0) + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  return { input: all, output: output ?? 0 };
}

const CASES = MATRIX_IDS.flatMap((target) =>
  [true, false].map((streamed) => ({ target, streamed, how: streamed ? "streamed" : "whole" })),
);

it.each(CASES)(
  `tells every recorded answer to clients of $target, $how${leftOut}`,
  ({ target, streamed }) => {
    let told = 0;
    for (const recorded of all.filter(({ id }) => othersThan(target).includes(id))) {
      const read = readBy(recorded);
      if (!read) continue;
      const there = writtenFor(target, read, streamed);
      expect(essence(there), `${recorded.id}/${recorded.name}`).toEqual(essence(read));
      told++;
    }
    expect(told > 100 || leftOut !== "").toBe(true);
  },
);
