import { describe, expect, it } from "vitest";
import { loadRecordings } from "../../testing/recordings";
import type { CallFacts } from "../model";
import { LOSS_KINDS, type LossKind } from "../neutral-loss";
import { protocolOf } from "../protocols/registry";
import type { KnownLosses, Translator } from "../protocols/translator";
import { encode } from "../stream/bytes";
import { everyAnswer, everyCall, plainAnswer, plainCall } from "../testing/everything";
import { neutralCall, turn } from "../testing/neutral-call";
import { hmac } from "../testing/thinkers";
import { type CellLosses, knownLosses, MATRIX_IDS, type MatrixId } from "./known-losses";
import { openThoughts } from "./thoughts/open-thoughts";

/** Models of each upstream that take different things. */
const MODELS: Readonly<Record<MatrixId, readonly string[]>> = {
  anthropic: ["claude-opus-5-5", "claude-sonnet-4-5", "claude-3-5-haiku-20241022"],
  "openai-chat": ["gpt-5.5", "gpt-4o", "o3", "gpt-4o-search-preview", "deepseek-chat"],
  "openai-responses": ["gpt-5.5", "gpt-4o", "o3"],
  gemini: ["gemini-3-pro-preview", "gemini-2.5-flash", "gemini-2.0-flash"],
};
const SITES: Readonly<Record<MatrixId, readonly string[]>> = {
  anthropic: ["docs.claude.com", "platform.claude.com"],
  "openai-chat": ["platform.openai.com", "developers.openai.com"],
  "openai-responses": ["platform.openai.com", "developers.openai.com"],
  gemini: ["ai.google.dev"],
};
const cells = knownLosses();
const pairs = cells.map((cell) => [`${cell.face} → ${cell.upstream}`, cell] as const);

function translatorOf(id: MatrixId): Translator {
  const { translator } = protocolOf(id);
  if (!translator) throw new Error(`${id} has no translator.`);
  return translator;
}

function factsOf(face: MatrixId, model: string): CallFacts {
  return {
    face,
    protocol: face,
    action: "generate",
    model,
    stream: null,
    session: null,
    maxOutputTokens: null,
    bodyBytes: 0,
    modelSpan: null,
  };
}

/** Kinds that a call's body loses on its way from the one to the other, by any of its models. */
function lostOnTheWay({ face, upstream }: CellLosses, body: Uint8Array, model: string): LossKind[] {
  const asked = translatorOf(face).readCall(body, factsOf(face, model));
  const lost = MODELS[upstream].flatMap((sent) => {
    const opened = openThoughts(asked, {
      face,
      target: { protocol: upstream, model: sent, accountId: "acc" },
      session: null,
      hmac,
      recalled: new Map(),
    });
    const target = { model: sent, action: "generate" } as const;
    return [...opened.losses, ...translatorOf(upstream).writeCall(opened.call, target).losses];
  });
  return [...new Set(lost.map(({ kind }) => kind))];
}

function answerFacts(model: string) {
  const call = neutralCall({ turns: [turn("user", "Hello")] });
  return { call, model, requestId: "req_1", nowMs: 0, form: null };
}

function kindsOf(known: KnownLosses): LossKind[] {
  return Object.keys(known) as LossKind[];
}

it("has every pair of different formats", () => {
  expect(cells).toHaveLength(12);
  expect(new Set(pairs.map(([name]) => name)).size).toBe(12);
  for (const { face, upstream } of cells) {
    expect(face).not.toBe(upstream);
    expect(MATRIX_IDS).toEqual(expect.arrayContaining([face, upstream]));
  }
});

it("names each kind once, in order", () => {
  for (const { call, answer } of cells) {
    for (const lines of [call, answer]) {
      const kinds = lines.map(({ kind }) => kind);
      expect(kinds).toEqual([...new Set(kinds)].sort());
    }
  }
});

it.each(MATRIX_IDS)(
  "explains each loss of %s in a sentence, by its maker's documentation",
  (id) => {
    const { call, answer } = translatorOf(id).losses;
    for (const { why, see } of [...Object.values(call), ...Object.values(answer)]) {
      expect(why).toMatch(/^[A-Z].{15,}\.$/);
      expect(new URL(see).protocol).toBe("https:");
      expect(SITES[id]).toContain(new URL(see).hostname);
    }
  },
);

it("has no word for losing text, tools, results, images, usage, errors or an abort", () => {
  const never = /^(text|tool|tools|tool-call|tool-result|image|usage|error|failure|abort|stop)s?$/;
  expect(LOSS_KINDS.filter((kind) => never.test(kind))).toEqual([]);
});

describe.each(pairs)("%s", (_, cell) => {
  const { face, upstream } = cell;
  const client = translatorOf(face);
  const account = translatorOf(upstream);
  const [model = ""] = MODELS[face];

  it("answers with text, tools and usage without a loss", () => {
    const answered = account.writeAnswer(plainAnswer(), answerFacts(model));
    const { body: back, losses } = client.writeAnswer(
      account.readAnswer(answered.body),
      answerFacts(model),
    );
    expect(losses).toEqual([]);
    const { blocks, usage, finish } = client.readAnswer(back);
    expect(blocks.map(({ kind }) => kind)).toEqual(["text", "tool-call"]);
    expect(usage).toMatchObject({ input: 7, output: 5, cacheRead: 3 });
    expect(finish).toBe("tool-calls");
  });

  it("lists all that a call of its client can lose", () => {
    const known = cell.call.map(({ kind }) => kind);
    for (const asked of MODELS[face]) {
      const { body } = client.writeCall(everyCall(face), { model: asked, action: "generate" });
      expect(lostOnTheWay(cell, body, asked).filter((kind) => !known.includes(kind))).toEqual([]);
    }
  });

  it("lists all that an answer of its upstream can lose", () => {
    const { body } = account.writeAnswer(everyAnswer(upstream), answerFacts(model));
    const { losses } = client.writeAnswer(account.readAnswer(body), answerFacts(model));
    const known = cell.answer.map(({ kind }) => kind);
    expect(losses.filter(({ kind }) => !known.includes(kind))).toEqual([]);
  });
});

describe.each(MATRIX_IDS)("the writers of %s", (id) => {
  const writer = translatorOf(id);

  it("lose nothing of text, tools, results and images", () => {
    for (const model of MODELS[id]) {
      const { body, losses } = writer.writeCall(plainCall(), { model, action: "generate" });
      expect({ model, losses }).toEqual({ model, losses: [] });
      const { turns, tools } = writer.readCall(body, factsOf(id, model));
      const inside = turns.flatMap(({ blocks }) => blocks);
      const held = inside.flatMap((one) => (one.kind === "tool-result" ? one.content : []));
      const kinds = [...inside, ...held].map(({ kind }) => kind);
      const count = (kind: string) => kinds.filter((one) => one === kind).length;
      expect([count("tool-call"), count("tool-result"), count("image")]).toEqual([2, 2, 2]);
      expect(tools).toHaveLength(1);
    }
  });

  it.each(MATRIX_IDS)("report nothing but what they list, whatever %s says", (from) => {
    const losses = MODELS[id].flatMap((model) => [
      ...writer.writeCall(everyCall(from), { model, action: "generate" }).losses,
      ...writer.writeCall(everyCall(from), { model, action: "count" }).losses,
    ]);
    expect(losses.length).toBeGreaterThan(0);
    expect(kindsOf(writer.losses.call)).toEqual(
      expect.arrayContaining(losses.map(({ kind }) => kind)),
    );
    const answered = writer.writeAnswer(everyAnswer(from), answerFacts("any")).losses;
    expect(kindsOf(writer.losses.answer)).toEqual(
      expect.arrayContaining(answered.map(({ kind }) => kind)),
    );
  });
});

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const recordings = await loadRecordings(FOLDER);
const leftOut = recordings === null ? ` (left out: there is no ${FOLDER})` : "";
/** Where a call of each format goes. */
const GENERATES: Readonly<Record<MatrixId, RegExp>> = {
  anthropic: /\/v1\/messages$/,
  "openai-chat": /\/chat\/completions$/,
  "openai-responses": /\/responses$/,
  gemini: /\/models\/[^/]+:(stream)?generateContent$/i,
};

it.each(pairs)(`lists all that real calls lose: %s${leftOut}`, (_, cell) => {
  const known = cell.call.map(({ kind }) => kind);
  const calls = (recordings ?? []).filter(
    ({ protocol, request, response }) =>
      protocol === cell.face &&
      response.status === 200 &&
      GENERATES[cell.face].test(request.url.split("?")[0] ?? ""),
  );
  if (recordings !== null) expect(calls.length).toBeGreaterThan(3);
  for (const { name, request } of calls) {
    const body = encode(JSON.stringify(request.body));
    const lost = lostOnTheWay(cell, body, "any");
    expect({ name, unlisted: lost.filter((kind) => !known.includes(kind)) }).toEqual({
      name,
      unlisted: [],
    });
  }
});
