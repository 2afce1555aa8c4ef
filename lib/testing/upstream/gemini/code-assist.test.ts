import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FAKE_CODE_ASSIST_TOKEN, FAKE_GEMINI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
beforeEach(() => upstream.book.clear());
afterAll(() => upstream.close());

const MODEL = "gemini-2.5-pro";

function post(path: string, body: object, token = FAKE_CODE_ASSIST_TOKEN) {
  return fetch(`${upstream.url}/v1internal:${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}

function enveloped(text: string, more: object = {}) {
  const contents = [{ role: "user", parts: [{ text }] }];
  const request = { contents, session_id: "s", ...more };
  return { model: MODEL, project: "p", user_prompt_id: "u", request };
}

function direct(text: string) {
  return fetch(`${upstream.url}/v1beta/models/${MODEL}:generateContent`, {
    method: "POST",
    headers: { "x-goog-api-key": FAKE_GEMINI_KEY },
    body: JSON.stringify({ contents: [{ role: "user", parts: [{ text }] }] }),
  });
}

it("says in an envelope what the Gemini API says without", async () => {
  const { response, traceId } = await (
    await post("generateContent", enveloped("[[tokens:12]]"))
  ).json();
  const plain = await (await direct("[[tokens:12]]")).json();
  expect(response.candidates).toEqual(plain.candidates);
  expect(response.usageMetadata).toEqual(plain.usageMetadata);
  expect(traceId).toBe(response.responseId);
  expect(upstream.book.entries()[0]).toMatchObject({
    id: response.responseId,
    protocol: "code-assist",
    model: MODEL,
    plannedUsage: {
      output: plain.usageMetadata.totalTokenCount - plain.usageMetadata.promptTokenCount,
    },
  });
});

it("streams events in envelopes, and an array of them without alt=sse", async () => {
  const sse = await (
    await post("streamGenerateContent?alt=sse", enveloped("[[tokens:12]]"))
  ).text();
  const events = sse.split("\r\n\r\n").filter((event) => event !== "");
  const texts = events.map((event) => {
    const { response } = JSON.parse(event.replace("data: ", ""));
    return response.candidates[0].content.parts[0].text;
  });
  expect(texts.join("")).toHaveLength(48);
  const array = await (await post("streamGenerateContent", enveloped("[[tokens:12]]"))).json();
  expect(array).toHaveLength(events.length);
  expect(array[0].response.candidates).toHaveLength(1);
});

it("counts a prompt, whose model lies in the request", async () => {
  const contents = [{ role: "user", parts: [{ text: "How long?" }] }];
  const body = { request: { model: `models/${MODEL}`, contents } };
  const { totalTokens } = await (await post("countTokens", body)).json();
  expect(totalTokens).toBeGreaterThan(2);
});

it("lets its clients in", async () => {
  const loaded = await (await post("loadCodeAssist", { metadata: { ideType: "x" } })).json();
  expect(loaded).toMatchObject({ currentTier: { id: "standard-tier" } });
  const onboarded = await (await post("onboardUser", { tierId: "free-tier", metadata: {} })).json();
  expect(onboarded).toMatchObject({
    done: true,
    response: { cloudaicompanionProject: { id: loaded.cloudaicompanionProject } },
  });
});

it("refuses wrong tokens, unknown fields and verbs, and what the Gemini API refuses", async () => {
  const denied = await post("generateContent", enveloped("Hi"), "ya29.wrong");
  expect([denied.status, (await denied.json()).error.status]).toEqual([401, "UNAUTHENTICATED"]);
  const extra = await post("generateContent", { ...enveloped("Hi"), contents: [] });
  expect((await extra.json()).error.message).toMatch(/Unknown name "contents"/);
  const inner = await post("generateContent", enveloped("Hi", { foo: 1 }));
  expect((await inner.json()).error.message).toMatch(/Unknown name "foo"/);
  expect((await post("fly", {})).status).toBe(404);
  const limited = await post("generateContent", enveloped("[[fault:status-429-3]]"));
  expect((await limited.json()).error.details[2].retryDelay).toBe("3s");
});
