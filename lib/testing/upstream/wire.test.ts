import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "./admin";
import { bookTotals } from "./book";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "./keys";
import { type FakeUpstream, startFakeUpstream } from "./server";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

function gemini(prompt: string, query: string, url = upstream.url) {
  return fetch(`${url}/v1beta/models/gemini-2.5-flash:streamGenerateContent${query}`, {
    method: "POST",
    headers: { "x-goog-api-key": FAKE_GEMINI_KEY, "x-relay-request": "req_1" },
    body: JSON.stringify({ contents: [{ role: "user", parts: [{ text: prompt }] }] }),
  });
}

async function anthropic(prompt: string) {
  const response = await fetch(`${upstream.url}/v1/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${FAKE_ANTHROPIC_KEY}`, "anthropic-version": "2023-06-01" },
    body: JSON.stringify({
      model: "claude-opus-5-5",
      max_tokens: 4096,
      stream: true,
      messages: [{ role: "user", content: prompt }],
    }),
  });
  return response.text();
}

it("sends Anthropic's events in their order, with a ping", async () => {
  const names = (await anthropic("[[tokens:10]]")).match(/^event: .*/gm);
  expect(names?.map((line) => line.slice(7))).toEqual([
    "message_start",
    "content_block_start",
    "ping",
    "content_block_delta",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
});

it("ends Gemini's SSE lines in CRLF, and grows one JSON array without alt=sse", async () => {
  const sse = await (await gemini("[[tokens:10]]", "?alt=sse")).text();
  expect(sse.match(/\r\n\r\n/g)).toHaveLength(2);
  expect(sse.replaceAll("\r\n", "")).not.toContain("\n");
  const array = await gemini("[[tokens:10]]", "");
  expect(array.headers.get("content-type")).toContain("application/json");
  const members = JSON.parse(await array.text());
  expect(members).toHaveLength(2);
  expect(members[1].candidates[0].finishReason).toBe("STOP");
});

it("takes the key from the query, as Google does", async () => {
  const { status } = await fetch(`${upstream.url}/v1/models?key=${FAKE_GEMINI_KEY}`);
  expect(status).toBe(200);
});

it("logs each request as it came, and books the headers of a relay", async () => {
  await (await gemini("Über", "?alt=sse&x=%2F")).text();
  const logged = upstream.requests.all().at(-1);
  expect(logged?.target).toMatch(/\?alt=sse&x=%2F$/);
  expect(logged?.body?.toString()).toContain("Über");
  const sha256 = createHash("sha256")
    .update(logged?.body ?? "")
    .digest("hex");
  expect(upstream.book.entries().at(-1)).toMatchObject({
    requestBytesSha256: sha256,
    relayHeaders: { "x-relay-request": "req_1" },
  });
});

it("serves a thousand streams at once, and books every token of them", async () => {
  upstream.book.clear();
  const answers = await Promise.all(
    Array.from({ length: 1000 }, () => anthropic("[[tokens:40]][[delay:50]]")),
  );
  expect(answers.every((text) => text.includes("message_stop"))).toBe(true);
  const totals = upstream.book.totals((entry) => entry.protocol === "anthropic");
  expect(totals).toMatchObject({ requests: 1000, answered: 1000, open: 0 });
  expect(totals.delivered).toEqual(totals.planned);
  expect(totals.planned.output).toBe(40_000);
}, 120_000);

it("runs as a process of its own, driven over HTTP", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(child.stdout, "data");
    const { url } = JSON.parse(String(line)) as { url: string };
    const order: FaultOrder = { rules: [{ times: 1, faults: [{ kind: "status", status: 503 }] }] };
    await fetch(`${url}/__faults`, { method: "POST", body: JSON.stringify(order) });
    expect((await gemini("Hi", "?alt=sse", url)).status).toBe(503);
    await (await gemini("Hi", "?alt=sse", url)).text();
    const { entries, totals } = await (await fetch(`${url}/__book`)).json();
    expect(entries.map((entry: { status: number }) => entry.status)).toEqual([503, 200]);
    expect(totals).toMatchObject({ requests: 2, answered: 1 });
    expect(bookTotals(entries)).toEqual(totals);
    expect(await (await fetch(`${url}/__requests`)).json()).toHaveLength(2);
  } finally {
    child.kill();
  }
}, 30_000);
