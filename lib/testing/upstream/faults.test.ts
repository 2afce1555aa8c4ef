import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Fault, FaultRule } from "./faults";
import { createFaults } from "./faults";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "./keys";
import { type FakeUpstream, startFakeUpstream } from "./server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
beforeEach(() => {
  upstream.faults.clear();
  upstream.book.clear();
});
afterAll(() => upstream.close());

function post(prompt: string, signal?: AbortSignal) {
  return fetch(`${upstream.url}/v1/messages`, {
    method: "POST",
    signal,
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: JSON.stringify({
      model: "claude-opus-5-5",
      max_tokens: 100_000,
      stream: true,
      messages: [{ role: "user", content: prompt }],
    }),
  });
}

function play(...faults: Fault[]) {
  upstream.faults.add({ faults });
}

/** Reads as much as comes, and tells how it ended. */
async function readAll(response: Response): Promise<{ text: string; cut: boolean }> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    return { text, cut: false };
  } catch {
    return { text, cut: true };
  }
}

async function lastEntry() {
  await sleep(20);
  const entry = upstream.book.entries().at(-1);
  if (entry === undefined) throw new Error("the book is empty");
  return entry;
}

it.each(["reset", "fin"] as const)(
  "breaks the connection with a %s after some events",
  async (form) => {
    play({ kind: "cut", form, afterEvents: 5 });
    const { text, cut } = await readAll(await post("[[tokens:100]]"));
    expect(cut).toBe(true);
    expect(text.match(/^event: /gm)).toHaveLength(5);
    const { plannedUsage, deliveredUsage, closedEarly, fault } = await lastEntry();
    expect([plannedUsage?.output, deliveredUsage?.output]).toEqual([100, 10]);
    expect([closedEarly, fault]).toEqual([false, "cut"]);
  },
);

it("breaks it before a status, after the head, and after some bytes", async () => {
  upstream.faults.add(
    { times: 1, faults: [{ kind: "cut", form: "reset", at: "before-head" }] },
    { times: 1, faults: [{ kind: "cut", form: "reset", at: "after-head" }] },
    { times: 1, faults: [{ kind: "cut", form: "fin", afterBytes: 100 }] },
  );
  await expect(post("Hi")).rejects.toThrow();
  expect(await lastEntry()).toMatchObject({ status: 0, deliveredUsage: null });
  expect(await readAll(await post("Hi"))).toEqual({ text: "", cut: true });
  expect(await lastEntry()).toMatchObject({ status: 200, deliveredUsage: null });
  const { text, cut } = await readAll(await post("Hi"));
  expect([text.length, cut]).toEqual([100, true]);
  expect((await readAll(await post("Hi"))).text).toContain("message_stop");
});

it("ends early without a cut, in the middle of an event, or with an error event", async () => {
  upstream.faults.add(
    { times: 1, faults: [{ kind: "early-end", afterEvents: 4 }] },
    { times: 1, faults: [{ kind: "half-event", event: 4 }] },
    { times: 1, faults: [{ kind: "error-event", afterEvents: 4 }] },
  );
  const early = await readAll(await post("[[tokens:100]]"));
  expect(early.cut).toBe(false);
  expect(early.text).not.toContain("message_stop");
  const half = await readAll(await post("[[tokens:100]]"));
  expect(half.cut).toBe(true);
  expect(half.text.endsWith("\n\n")).toBe(false);
  const error = await readAll(await post("[[tokens:100]]"));
  expect(error.text).toMatch(/event: error\ndata: .*overloaded_error.*\n\n$/);
});

it("is silent after some events until the client leaves, and books when it left", async () => {
  play({ kind: "silent-after", events: 3 });
  const response = await post("[[tokens:100]]", AbortSignal.timeout(150));
  expect((await readAll(response)).text.match(/^event: /gm)).toHaveLength(3);
  const entry = await lastEntry();
  expect(entry.closedEarly).toBe(true);
  expect(Math.abs((entry.closedByClientAtMs ?? 0) - Date.now())).toBeLessThan(200);
});

it("breaks the JSON of one event and goes on", async () => {
  play({ kind: "malformed-json", event: 3 });
  const { text } = await readAll(await post("[[tokens:20]]"));
  const broken = text
    .split("\n\n")
    .filter((event) => event !== "" && !parses(event.slice(event.indexOf("data: ") + 6)));
  expect(broken).toHaveLength(1);
  expect(text).toContain("message_stop");
});

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

it("compresses without being asked, and writes a line that does not end", async () => {
  upstream.faults.add(
    { times: 1, faults: [{ kind: "gzip" }] },
    { times: 1, faults: [{ kind: "endless-line", bytes: 300_000 }] },
  );
  const zipped = await post("Hi");
  expect(zipped.headers.get("content-encoding")).toBe("gzip");
  expect((await readAll(zipped)).text).toContain("message_stop");
  const endless = await readAll(await post("Hi"));
  expect(endless.text).toHaveLength(300_006);
  expect(endless.text).not.toContain("\n");
});

it("waits before the head, between events, and while it reads the body", async () => {
  const timed = async (...faults: Fault[]) => {
    upstream.faults.clear();
    play(...faults);
    const startedAt = performance.now();
    await readAll(await post("[[tokens:20]]"));
    return performance.now() - startedAt;
  };
  expect(await timed({ kind: "delay-head", ms: 120 })).toBeGreaterThan(115);
  expect(await timed({ kind: "delay-events", ms: 20 })).toBeGreaterThan(150);
  expect(await timed({ kind: "slow-read", bytesPerSecond: 1000 })).toBeGreaterThan(100);
});

it("sends its 429 with the limit headers of Anthropic, or the details of Google", async () => {
  play({ kind: "status", status: 429, retryAfterSeconds: 9 });
  const { headers } = await post("Hi");
  expect(headers.get("retry-after")).toBe("9");
  expect(headers.get("anthropic-ratelimit-unified-status")).toBe("rejected");
  const google = await fetch(`${upstream.url}/v1/models/gemini-2.5-pro:generateContent`, {
    method: "POST",
    headers: { "x-goog-api-key": FAKE_GEMINI_KEY },
    body: "{}",
  });
  const types = (await google.json()).error.details.map(
    (one: Record<string, string>) => one["@type"],
  );
  expect(types.map((type: string) => type.split(".").at(-1))).toEqual([
    "QuotaFailure",
    "Help",
    "RetryInfo",
  ]);
});

it("refuses connections for a while and then serves again on the same port", async () => {
  upstream.refuseConnections(150);
  const refused = await new Promise((resolve) => {
    connect(upstream.port, "127.0.0.1").on("error", (error) => resolve(String(error)));
  });
  expect(refused).toContain("ECONNREFUSED");
  await sleep(250);
  expect((await post("Hi")).status).toBe(200);
});

const SUBJECT = { protocol: "anthropic", path: "/v1/messages", key: "k", stream: true } as const;
const kinds = (rules: FaultRule[], models: string[], seed = 1) => {
  const faults = createFaults(seed);
  faults.add(...rules);
  return models.map((model) => faults.pickForAnswer({ ...SUBJECT, model })[0]?.kind ?? "none");
};

it("plays rules in order, for so many times, and for their own requests only", () => {
  const rules: FaultRule[] = [
    { when: { model: "a" }, times: 1, faults: [{ kind: "gzip" }] },
    { when: { key: "other" }, faults: [{ kind: "gzip" }] },
    { skip: 1, times: 1, faults: [{ kind: "delay-head", ms: 1 }] },
  ];
  expect(kinds(rules, ["b", "a", "a", "a"])).toEqual(["none", "gzip", "delay-head", "none"]);
});

it("plays by chance in the same way for the same seed", () => {
  const rules: FaultRule[] = [{ probability: 0.5, faults: [{ kind: "gzip" }] }];
  const models = Array<string>(200).fill("a");
  const first = kinds(rules, models, 7);
  expect(kinds(rules, models, 7)).toEqual(first);
  expect(kinds(rules, models, 8)).not.toEqual(first);
  const played = first.filter((kind) => kind === "gzip").length;
  expect(played).toBeGreaterThan(70);
  expect(played).toBeLessThan(130);
});
