import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { messages } from "./support/doors";
import { type Portal, startPortal, type WebProcess } from "./support/portal";
import { rawCall } from "./support/raw-call";

const STREAMS = 200;
const DRAIN_MS = 20_000;

let upstream: FakeUpstream;
let portal: Portal;
let web: WebProcess;
let key = "";

beforeAll(async () => {
  upstream = await startFakeUpstream();
  portal = await startPortal({
    relayOnly: true,
    worker: false,
    env: { DRAIN_MS: String(DRAIN_MS) },
  });
  const [first] = portal.web;
  if (!first) throw new Error("The portal has no web process.");
  web = first;
  await portal.createUser("drain@example.com");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  await portal.addAccount({
    provider: "claude-console",
    name: "console",
    settings: { baseUrl: upstream.url },
    secrets: { apiKey: FAKE_ANTHROPIC_KEY },
  });
  key = await portal.createKey("drain@example.com", "drain");
  await vi.waitFor(
    async () => expect((await rawCall(web.url, messages(key, {}))).status).toBe(200),
    { timeout: 15_000 },
  );
});
afterAll(async () => {
  await portal?.stop();
  await upstream?.close();
});

/** A stream that takes about so long. */
const stream = (ms: number) =>
  rawCall(
    web.url,
    messages(key, {
      stream: true,
      max_tokens: 2_000,
      messages: [{ role: "user", content: `[[tokens:${ms / 10}]][[delay:40]]` }],
    }),
  );

it("lets two hundred streams end on SIGTERM while a successor already serves on the port", async () => {
  const begun = upstream.book.totals().requests;
  const streams = Array.from({ length: STREAMS }, () => stream(4_000));
  await vi.waitFor(() => expect(upstream.book.totals().requests).toBe(begun + STREAMS), {
    timeout: 15_000,
  });
  const old = web.program();
  const ended = old.end("SIGTERM");
  // Not ready within a second: the port is given up at once.
  await vi.waitFor(() => expect(fetch(`${web.url}/api/health/ready`)).rejects.toThrow(), {
    timeout: 1_000,
  });
  await web.restart();
  expect((await rawCall(web.url, messages(key, {}))).status).toBe(200);
  const answers = await Promise.all(streams);
  expect(answers.filter(({ end }) => end !== "clean")).toEqual([]);
  for (const { body } of answers) expect(body.toString()).toContain("message_stop");
  expect(await ended).toBe(0);
});

it("gives nothing up on a second start after a kill: the port and the keys are there again", async () => {
  await web.kill("SIGKILL");
  await web.restart();
  expect((await rawCall(web.url, messages(key, {}))).status).toBe(200);
});
