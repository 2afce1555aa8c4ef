import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeUpstream, startFakeUpstream } from "../../../testing/upstream/server";
import type { NeutralCall } from "../../neutral";
import { anyConversation } from "../../testing/any-conversation";
import { askedOf, MATRIX_MODELS, written } from "../../testing/matrix-calls";
import { translatorOf } from "../../testing/recorded";
import { fitNames } from "../fit-names";
import { MATRIX_IDS, type MatrixId } from "../known-losses";

const RUNS = 150;

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

/** The words of a conversation, whoever says them: some formats move instructions, none may drop them. */
function saidIn({ system, turns }: NeutralCall): string[] {
  const texts = [...system, ...turns.flatMap(({ blocks }) => blocks)].flatMap((block) => {
    if (block.kind === "text") return [block.text];
    if (block.kind !== "tool-result") return [];
    return block.content.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  });
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

/** Calls in order, each with what its tool answered. */
function callsIn({ turns }: NeutralCall) {
  const blocks = turns.flatMap((turn) => turn.blocks);
  return blocks.flatMap((block) => {
    if (block.kind !== "tool-call") return [];
    const result = blocks.find(
      (other) => other.kind === "tool-result" && other.callId === block.id,
    );
    const texts = result?.kind === "tool-result" ? result.content : [];
    const answer = texts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
    return [{ name: block.name, input: JSON.parse(block.input || "{}"), answer: answer.join("") }];
  });
}

function mediaIn({ turns }: NeutralCall) {
  const sources = turns.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === "image" || block.kind === "document") return [block.source];
      if (block.kind !== "tool-result") return [];
      return block.content.flatMap((part) => (part.kind === "image" ? [part.source] : []));
    }),
  );
  return sources.map((source) => (source.kind === "data" ? source.base64 : source.kind)).sort();
}

function backFrom(target: MatrixId, call: NeutralCall): NeutralCall {
  const { body, facts } = written(target, call);
  return translatorOf(target).readCall(body, facts);
}

it.each(MATRIX_IDS)(
  "keeps every word, call, result, picture and limit on the way to %s and back",
  (target) => {
    fc.assert(
      fc.property(anyConversation, (call) => {
        const there = backFrom(target, call);
        const fitted = fitNames(call, target).call;
        const whole = saidIn(there).join("\n");
        for (const text of saidIn(call)) expect(whole).toContain(text);
        expect(callsIn(there)).toEqual(callsIn(fitted));
        expect(mediaIn(there)).toEqual(mediaIn(call));
        expect(there.tools.map(({ name }) => name)).toEqual(fitted.tools.map(({ name }) => name));
        if (call.maxOutputTokens !== null) expect(there.maxOutputTokens).toBe(call.maxOutputTokens);
      }),
      { numRuns: RUNS },
    );
  },
);

it.each(MATRIX_IDS)("writes nothing that %s refuses", async (target) => {
  await fc.assert(
    fc.asyncProperty(anyConversation, async (call) => {
      const { body } = written(target, call);
      const { status, text } = await askedOf(upstream.url, target, body);
      expect(status, text).toBe(200);
    }),
    { numRuns: RUNS },
  );
  expect(MATRIX_MODELS[target]).not.toBe("");
});
