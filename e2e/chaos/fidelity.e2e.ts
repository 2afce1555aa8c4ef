import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "../../lib/testing/upstream/keys";
import { type Portal, startPortal } from "../relay/support/portal";
import { type RawAnswer, rawCall } from "../relay/support/raw-call";
import { MODELS } from "./support/call";
import { ownSamples, RECORDINGS_FOLDER, recordedSamples, type Sample } from "./support/corpus";
import { chaosRandom, type Random } from "./support/random";
import { type Replay, startReplay } from "./support/replay";
import { FULL, note, until } from "./support/until";

const RECHUNKINGS = FULL ? 25 : 3;
const CONCURRENCY = 8;
const SERVED_MS = 30_000;

const recorded = await recordedSamples();
const leftOut = recorded === null ? ` (left out: there is no ${RECORDINGS_FOLDER})` : "";

let samples: Sample[];
let random: Random;
let replay: Replay;
let portal: Portal;
let key: string;

beforeAll(async () => {
  samples = [...(await ownSamples()), ...(recorded ?? [])];
  random = chaosRandom("fidelity");
  replay = await startReplay(samples, random);
  portal = await startPortal({ relayOnly: true, worker: false, env: { LOG_LEVEL: "warn" } });
  await portal.createUser("fidelity@example.com");
  await portal.allowHost(replay.host);
  for (const [provider, apiKey] of [
    ["claude-console", FAKE_ANTHROPIC_KEY],
    ["gemini-api-key", FAKE_GEMINI_KEY],
  ] as const) {
    const settings = { baseUrl: replay.url };
    await portal.addAccount({ provider, name: provider, settings, secrets: { apiKey } });
  }
  key = await portal.createKey("fidelity@example.com", "fidelity");
  const [first] = samples;
  if (!first) throw new Error("There are no samples.");
  const served = async () => (await ask(first, 0)).status === 200;
  await until(served, SERVED_MS, () => "the portal does not serve");
});
afterAll(async () => {
  await portal?.stop();
  await replay?.stop();
});

it("passes every stream that the fake upstream writes on, byte for byte", async () => {
  await expectEqual(samples.filter((sample) => !recorded?.includes(sample)));
});

it.skipIf(recorded === null)(
  `passes every recorded stream of the providers on, byte for byte${leftOut}`,
  async () => {
    await expectEqual(recorded ?? []);
  },
);

async function expectEqual(chosen: readonly Sample[]): Promise<void> {
  expect(chosen.length).toBeGreaterThan(0);
  const turns = chosen.flatMap((sample) => Array.from({ length: RECHUNKINGS }, () => sample));
  const altered: string[] = [];
  const lane = async () => {
    for (let sample = turns.pop(); sample; sample = turns.pop()) {
      const { status, body, end } = await ask(sample, samples.indexOf(sample));
      const same = status === 200 && end === "clean" && sha256(body) === sha256(sample.bytes);
      if (!same) altered.push(`${sample.name}: ${status}, ${end}, ${body.length} bytes`);
    }
  };
  note(`${chosen.length} streams, each cut at random ${RECHUNKINGS} times`);
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  expect(altered).toEqual([]);
}

function ask({ face, array }: Sample, number: number): Promise<RawAnswer> {
  const text = `Sample [[sample:${number}]]`;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  if (face === "anthropic") {
    const messages = [{ role: "user", content: text }];
    const body = { model: MODELS.anthropic, max_tokens: 4_000, stream: true, messages };
    return post("/api/v1/messages", body, headers);
  }
  const path = `/gemini/v1beta/models/${MODELS.gemini}:streamGenerateContent`;
  const body = { contents: [{ role: "user", parts: [{ text }] }] };
  return post(array ? path : `${path}?alt=sse`, body, headers);
}

function post(path: string, body: object, headers: Record<string, string>): Promise<RawAnswer> {
  return rawCall(portal.url, { method: "POST", path, headers, body: JSON.stringify(body) });
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
