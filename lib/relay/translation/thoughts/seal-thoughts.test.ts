import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { NO_USAGE, type TranslatedId } from "../../model";
import type { AnswerBlock, NeutralAnswer, NeutralEvent } from "../../neutral-answer";
import { runAll } from "../../stream/machine";
import { answers, callOf, toolCall } from "../../testing/thinkers";
import { eventsOf, gatherAnswer } from "../answers";
import { unseal } from "./envelope";
import { provenanceOf } from "./provenance";
import { namedBy, nameOfCall } from "./references";
import { sealAnswer } from "./seal-answer";
import { sealThoughts } from "./seal-thoughts";
import type { KeptThought, SealFacts, Thinker } from "./thoughts";

const hmac = (text: string) => createHmac("sha256", "secret").update(text).digest("base64url");
const GEMINI: Thinker = { protocol: "gemini", model: "gemini-3.8-pro", accountId: "acc_g" };
const CLAUDE: Thinker = { protocol: "anthropic", model: "claude-opus-5-5", accountId: "acc_a" };
const OPENAI: Thinker = { protocol: "openai-responses", model: "gpt-6", accountId: "acc_o" };
const ASKED = callOf([answers(toolCall("earlier"))]);
const FACES: readonly TranslatedId[] = [
  "anthropic",
  "gemini",
  "code-assist",
  "openai-chat",
  "openai-responses",
];

const text = (said: string, signature: string | null = null): AnswerBlock => ({
  kind: "text",
  text: said,
  citations: [],
  cache: null,
  signature,
});
const thinking = (thought: string, signature: string | null): AnswerBlock => ({
  kind: "thinking",
  text: thought,
  signature,
});
const call = (id: string, signature: string | null, name = "Bash"): AnswerBlock => ({
  kind: "tool-call",
  id,
  name,
  input: '{"command":"ls"}',
  signature,
  cache: null,
});
const answer = (...blocks: AnswerBlock[]): NeutralAnswer => ({
  id: "a",
  model: "m",
  blocks,
  finish: "end",
  stopSequence: null,
  usage: { ...NO_USAGE, output: 3 },
});

/** The same answer, sealed whole and sealed as it streams. */
function sealBoth(maker: Thinker, face: TranslatedId, ...blocks: AnswerBlock[]) {
  const kept: KeptThought[] = [];
  const facts = (keep: SealFacts["keep"]): SealFacts => ({
    maker,
    face,
    requestId: "req_1",
    asked: ASKED,
    session: "s",
    hmac,
    keep,
  });
  const whole = sealAnswer(
    answer(...blocks),
    facts((thoughts) => void kept.push(...thoughts)),
  );
  const machine = sealThoughts(facts(() => {}));
  const events = runAll(machine, eventsOf(answer(...blocks)));
  return { whole: whole.blocks, events, streamed: gatherAnswer(events).blocks, kept };
}

const signatureOf = (block: AnswerBlock | undefined) =>
  block && "signature" in block ? (block.signature ?? "") : "";

describe("sealing an answer", () => {
  it("gives the same in a stream as in one piece, for every face and maker", () => {
    for (const face of FACES) {
      for (const maker of [GEMINI, CLAUDE, OPENAI]) {
        const { whole, streamed } = sealBoth(
          maker,
          face,
          thinking("hm", "c2ln"),
          thinking("unsigned", null),
          { kind: "redacted-thinking", data: "c2VjcmV0" },
          text("so", "c2ln"),
          text("", "c2ln"),
          call("one", maker === GEMINI ? "c2ln" : null),
          call("two", null),
        );
        expect(streamed, `${maker.protocol} to ${face}`).toEqual(whole);
      }
    }
  });

  it("names the maker in every signature that a face can carry", () => {
    for (const face of ["anthropic", "gemini", "openai-responses"] as const) {
      const { whole } = sealBoth(CLAUDE, face, thinking("hm", "c2ln"));
      expect(unseal(signatureOf(whole[0]), hmac)).toEqual({
        kind: "t",
        maker: provenanceOf(CLAUDE, hmac),
        raw: "c2ln",
      });
    }
  });

  it("lets a call's signature travel with the call where Gemini's own form is spoken", () => {
    const { whole, kept } = sealBoth(GEMINI, "code-assist", call("one", "c2ln"));
    expect(unseal(signatureOf(whole[0]), hmac)).toMatchObject({ kind: "c", raw: "c2ln" });
    expect(whole[0]).toMatchObject({ id: "one" });
    expect(kept).toEqual([]);
  });

  it("keeps a call's signature under the call's id and under what is called elsewhere", () => {
    for (const face of ["anthropic", "openai-chat", "openai-responses"] as const) {
      const { whole, kept } = sealBoth(GEMINI, face, call("one", "c2ln"), call("two", null));
      const [first, second] = whole;
      expect(second).toMatchObject({ id: "two", signature: null });
      expect(first).toMatchObject({ signature: null });
      const id = first?.kind === "tool-call" ? first.id : "";
      expect(id).toMatch(/^one/);
      expect(kept.map(({ name }) => name)).toEqual([
        namedBy(id),
        nameOfCall(
          { name: "Bash", input: '{ "command": "ls" }' },
          { session: "s", before: 1 },
          hmac,
        ),
      ]);
      for (const { sealed } of kept) {
        expect(unseal(sealed, hmac)).toMatchObject({ kind: "c", raw: "c2ln" });
      }
    }
  });

  it("gives every call an id of its own where the client needs one", () => {
    const { whole } = sealBoth(GEMINI, "openai-chat", call("", null), call("", null));
    const ids = whole.flatMap((block) => (block.kind === "tool-call" ? [block.id] : []));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^call_[a-zA-Z0-9_-]{22}$/);
    expect(sealBoth(GEMINI, "gemini", call("", null)).whole).toMatchObject([{ id: "" }]);
  });

  it("marks what nobody signed, for faces whose upstreams refuse such", () => {
    for (const face of ["anthropic", "openai-responses"] as const) {
      const { whole } = sealBoth(GEMINI, face, thinking("hm", null));
      expect(unseal(signatureOf(whole[0]), hmac)).toMatchObject({ kind: "t", raw: "" });
    }
    const { whole: calls } = sealBoth(CLAUDE, "gemini", call("one", null));
    expect(unseal(signatureOf(calls[0]), hmac)).toMatchObject({ kind: "c", raw: "" });
    for (const face of ["gemini", "openai-chat"] as const) {
      const { whole } = sealBoth(GEMINI, face, thinking("hm", null));
      expect(whole).toEqual([thinking("hm", null)]);
    }
  });

  it("carries redacted thoughts as thoughts where there are no redacted ones", () => {
    const redacted: AnswerBlock = { kind: "redacted-thinking", data: "c2VjcmV0" };
    const { whole } = sealBoth(CLAUDE, "openai-responses", redacted);
    expect(whole[0]?.kind).toBe("thinking");
    expect(unseal(signatureOf(whole[0]), hmac)).toMatchObject({ kind: "r", raw: "c2VjcmV0" });
    expect(sealBoth(CLAUDE, "anthropic", redacted).whole[0]?.kind).toBe("redacted-thinking");
  });

  it("hands no empty text to a face that cannot carry the text's signature", () => {
    const { whole, events } = sealBoth(GEMINI, "anthropic", text("done"), text("", "c2ln"));
    expect(whole).toEqual([text("done")]);
    expect(events.filter(({ kind }) => kind === "open")).toHaveLength(1);
    expect(sealBoth(GEMINI, "gemini", text("", "c2ln")).whole).toHaveLength(1);
  });
});

describe("sealing a stream", () => {
  const facts = (maker: Thinker, face: TranslatedId): SealFacts => ({
    maker,
    face,
    requestId: "req_1",
    asked: ASKED,
    session: "s",
    hmac,
    keep: () => {},
  });

  it("lets texts, thoughts and another maker's tool inputs pass at once", () => {
    const machine = sealThoughts(facts(CLAUDE, "openai-chat"));
    const events: NeutralEvent[] = [
      { kind: "start", id: null, model: null },
      { kind: "open", block: { kind: "thinking" } },
      { kind: "delta", text: "hm" },
      { kind: "close" },
      { kind: "open", block: { kind: "tool-call", id: "one", name: "Bash" } },
      { kind: "delta", text: "{" },
    ];
    for (const event of events) expect(machine.push(event)).toEqual([event]);
  });

  it("shows the first word of a text together with its opening", () => {
    const machine = sealThoughts(facts(GEMINI, "anthropic"));
    const opening: NeutralEvent = { kind: "open", block: { kind: "text" } };
    const word: NeutralEvent = { kind: "delta", text: "a" };
    expect(machine.push(opening)).toEqual([]);
    expect(machine.push(word)).toEqual([opening, word]);
    expect(machine.push(word)).toEqual([word]);
    expect(machine.push({ kind: "sign", signature: "c2ln" })).toEqual([]);
    expect(machine.push({ kind: "close" })).toEqual([{ kind: "close" }]);
  });

  it("tells usage and failure at once, also while a call is held back", () => {
    const machine = sealThoughts(facts(GEMINI, "anthropic"));
    machine.push({ kind: "open", block: { kind: "tool-call", id: "one", name: "Bash" } });
    const usage: NeutralEvent = { kind: "usage", usage: NO_USAGE };
    const fail: NeutralEvent = { kind: "fail", status: 500, message: "no" };
    expect(machine.push(usage)).toEqual([usage]);
    expect(machine.push(fail)).toEqual([fail]);
    expect(machine.end()).toEqual([]);
  });

  it("keeps the signature before the client learns of the call", () => {
    const order: string[] = [];
    const machine = sealThoughts({
      ...facts(GEMINI, "anthropic"),
      keep: () => void order.push("kept"),
    });
    machine.push({ kind: "open", block: { kind: "tool-call", id: "", name: "Bash" } });
    machine.push({ kind: "sign", signature: "c2ln" });
    machine.push({ kind: "delta", text: "{}" });
    expect(order).toEqual([]);
    const [opened] = machine.push({ kind: "close" });
    expect(order).toEqual(["kept"]);
    expect(opened).toMatchObject({ block: { id: expect.stringMatching(/^call_rps_/) } });
  });

  it("closes a block that its reader left open", () => {
    const machine = sealThoughts(facts(GEMINI, "anthropic"));
    machine.push({ kind: "open", block: { kind: "tool-call", id: "one", name: "Bash" } });
    const events = machine.push({ kind: "finish", reason: "end", stopSequence: null });
    expect(events.map(({ kind }) => kind)).toEqual(["open", "close", "finish"]);
  });
});
