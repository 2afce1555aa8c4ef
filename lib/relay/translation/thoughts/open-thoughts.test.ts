import { describe, expect, it } from "vitest";
import type { Turn } from "../../neutral";
import {
  answers,
  callOf,
  GROUPS,
  hmac,
  openFor,
  RAW,
  results,
  says,
  sealedBy,
  signedBlock,
  THINKERS,
  toolCall,
} from "../../testing/thinkers";
import { UNMADE_SIGNATURE } from "./open-thoughts";
import { namesToRecall } from "./recall";
import { namedBy, nameOfCall, referenceOf, withReference } from "./references";
import type { Thinker } from "./thoughts";

describe("opening a call", () => {
  it("refuses a forged envelope", () => {
    const forged = sealedBy(THINKERS.anthropic).replace(/.{8}$/, "AAAAAAAA");
    for (const group of GROUPS) {
      expect(() => openFor(THINKERS[group], [answers(signedBlock("thinking", forged))])).toThrow(
        expect.objectContaining({ code: "invalid_request" }),
      );
    }
  });

  it("leaves no turn empty behind", () => {
    const turns = [
      says("a"),
      answers(signedBlock("thinking", sealedBy(THINKERS.gemini))),
      says("b"),
    ];
    expect(openFor(THINKERS.anthropic, turns).turns.map(({ role }) => role)).toEqual([
      "user",
      "user",
    ]);
  });

  it("makes redacted thoughts of what travelled as thoughts", () => {
    const carried = signedBlock("thinking", sealedBy(THINKERS.anthropic, "r"));
    const facts = { face: "openai-responses" as const };
    expect(openFor(THINKERS.anthropic, [answers(carried)], facts).blocks).toEqual([
      { kind: "redacted-thinking", data: RAW },
    ]);
    expect(openFor(THINKERS.gemini, [answers(carried)], facts).blocks).toEqual([]);
  });

  it("keeps no signature of the upstream's own protocol once that has refused them", () => {
    const turns = [
      says("a"),
      answers(signedBlock("thinking", RAW), toolCall("one", RAW)),
      results("one"),
    ];
    expect(openFor(THINKERS.anthropic, turns).blocks[1]).toEqual(signedBlock("thinking", RAW));
    const distrusted = openFor(THINKERS.anthropic, turns, { distrusts: true });
    expect(distrusted.blocks.map(({ kind }) => kind)).toEqual(["text", "tool-call", "tool-result"]);
    const facts = { face: "gemini" as const, distrusts: true };
    expect(openFor(THINKERS.gemini, turns, facts).blocks[2]).toEqual(
      toolCall("one", UNMADE_SIGNATURE),
    );
  });

  it("touches neither what users say nor blocks without signatures", () => {
    const turns = [
      says("a"),
      answers({ kind: "other", name: "x", extra: { protocol: "anthropic", fields: {} } }),
    ];
    expect(openFor(THINKERS.anthropic, turns).turns).toEqual(turns);
  });
});

describe("calls of tools for Gemini", () => {
  const id = withReference("toolu_1", referenceOf("req_1", 0, hmac));
  const sealed = sealedBy(THINKERS.gemini, "c");
  const ask = (turns: readonly Turn[], recalled: ReadonlyMap<string, string> = new Map()) =>
    openFor(THINKERS.gemini, turns, { recalled });

  it("are signed again by the reference in their id", () => {
    const names = namesToRecall(callOf([says("a"), answers(toolCall(id)), results(id)]), {
      target: THINKERS.gemini,
      session: null,
      hmac,
    });
    expect(names).toEqual([namedBy(id)]);
    const { blocks, losses } = ask(
      [says("a"), answers(toolCall(id)), results(id)],
      new Map([[names[0] ?? "", sealed]]),
    );
    expect(blocks[1]).toEqual(toolCall(id, RAW));
    expect(losses).toEqual([]);
  });

  it("are signed again by what is called, when the client gave them another id", () => {
    const turns = [says("a"), answers(toolCall("rewritten")), results("rewritten")];
    const names = namesToRecall(callOf(turns), { target: THINKERS.gemini, session: null, hmac });
    expect(names).toEqual([nameOfCall(toolCall(""), { session: null, before: 0 }, hmac)]);
    const { blocks } = ask(turns, new Map([[names[0] ?? "", sealed]]));
    expect(blocks[1]).toEqual(toolCall("rewritten", RAW));
  });

  it("carry Google's documented value in the current turn when nobody knows their signature", () => {
    const turns = [
      says("a"),
      answers(toolCall("old")),
      results("old"),
      answers(signedBlock("text", null)),
      says("b"),
      answers(toolCall("one"), toolCall("two")),
      results("one", "two"),
      { role: "system", blocks: says("a note").blocks } satisfies Turn,
      answers(signedBlock("text", null), toolCall("three")),
      results("three"),
    ];
    const { blocks, losses } = ask(turns);
    const signed = blocks.flatMap((one) =>
      one.kind === "tool-call" && one.signature ? [[one.id, one.signature]] : [],
    );
    expect(signed).toEqual([
      ["one", UNMADE_SIGNATURE],
      ["three", UNMADE_SIGNATURE],
    ]);
    expect(losses).toEqual([{ kind: "thought", detail: "tool-call" }]);
  });

  it("need none for models before Gemini 3, nor for Claude behind Google's door", () => {
    const turns = [says("a"), answers(toolCall("one")), results("one")];
    for (const model of ["gemini-2.5-pro", "claude-sonnet-5-5"]) {
      const target: Thinker = { protocol: "code-assist", model, accountId: "acc_1" };
      expect(openFor(target, turns).turns).toEqual(turns);
    }
    const target: Thinker = { protocol: "gemini", model: "gemini-pro-latest", accountId: "acc_1" };
    expect(openFor(target, turns).blocks[1]).toEqual(toolCall("one", UNMADE_SIGNATURE));
  });

  it("are looked up for nobody else, once each, and the newest when there are very many", () => {
    const many = Array.from({ length: 1_200 }, (_, n) =>
      answers({ ...toolCall(`call_${n}`), input: `{"n":${n}}` }),
    );
    for (const group of GROUPS.filter((one) => one !== "gemini")) {
      expect(namesToRecall(callOf(many), { target: THINKERS[group], session: null, hmac })).toEqual(
        [],
      );
    }
    const names = namesToRecall(callOf(many), { target: THINKERS.gemini, session: null, hmac });
    expect(names).toHaveLength(1_000);
    expect(names.at(-1)).toBe(
      nameOfCall({ name: "Bash", input: '{"n":1199}' }, { session: null, before: 1_199 }, hmac),
    );
    const twice = [answers(toolCall(id)), answers(toolCall(id))];
    expect(
      namesToRecall(callOf(twice), { target: THINKERS.gemini, session: null, hmac }),
    ).toHaveLength(1);
  });
});
