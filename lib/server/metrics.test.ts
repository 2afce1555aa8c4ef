import { Counter, Histogram, Registry } from "prom-client";
import { expect, it } from "vitest";
import type { Settlement } from "../relay/ports";
import { createMetrics } from "./metrics";

type Counted = Pick<Settlement, "face" | "action" | "outcome" | "failure" | "firstByteMs">;

/** What `settled` reads of a settlement; tries are given as [provider, failure]. */
function settlement(counted: Counted, tries: readonly (readonly [string, string | null])[]) {
  const attempts = tries.map(([provider, failure]) => ({ provider, failure }));
  return { ...counted, attempts } as unknown as Settlement;
}

const SETTLED: readonly Settlement[] = [
  ...[0, 5, 10, 10.5, 24, 499, 500, 30_000, 60_000, 60_001, null].map((firstByteMs) =>
    settlement(
      { face: "anthropic", action: "generate", outcome: "complete", failure: null, firstByteMs },
      [["claude-console", null]],
    ),
  ),
  settlement(
    {
      face: "gemini",
      action: "count",
      outcome: "failed",
      failure: "upstream_broken",
      firstByteMs: 71.25,
    },
    [
      ["gemini-api-key", "upstream_broken"],
      ["gemini-api-key", null],
    ],
  ),
];

/** The same, counted by prom-client itself. */
async function expected(): Promise<string[]> {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "relay_requests_total",
    help: "-",
    labelNames: ["face", "action", "outcome", "failure"],
    registers,
  });
  const attempts = new Counter({
    name: "relay_attempts_total",
    help: "-",
    labelNames: ["provider", "failure"],
    registers,
  });
  const firstByte = new Histogram({
    name: "relay_first_byte_seconds",
    help: "-",
    labelNames: ["face"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  for (const { face, action, outcome, failure, firstByteMs, attempts: tries } of SETTLED) {
    requests.inc({ face, action, outcome, failure: failure ?? "none" });
    if (firstByteMs !== null) firstByte.observe({ face }, firstByteMs / 1000);
    for (const { provider, failure } of tries)
      attempts.inc({ provider, failure: failure ?? "none" });
  }
  requests.inc({ face: "gemini", action: "count", outcome: "refused", failure: "limit_reached" });
  return linesOf(await registry.metrics());
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => /^relay_(?:requests|attempts|first)/.test(line))
    .sort();

it("tells what prom-client would have counted, and tells it again at the next reading", async () => {
  const metrics = createMetrics(() => 3);
  for (const one of SETTLED) metrics.settled(one);
  metrics.refused({
    face: "gemini",
    action: "count",
    failure: "limit_reached",
  } as Parameters<typeof metrics.refused>[0]);
  const { body, contentType } = await metrics.text();
  expect(linesOf(body)).toEqual(await expected());
  expect(linesOf((await metrics.text()).body)).toEqual(await expected());
  expect(body).toContain("\nrelay_open_requests 3\n");
  expect(body).toContain("\n# TYPE relay_first_byte_seconds histogram\n");
  expect(body).toMatch(/^process_cpu_seconds_total /m);
  expect(body).toMatch(/[^\n]\n$/);
  expect(contentType).toContain("text/plain");
});

it("goes on counting after a reading", async () => {
  const metrics = createMetrics(() => 0);
  const [first] = SETTLED;
  if (!first) throw new Error("nothing was settled");
  metrics.settled(first);
  await metrics.text();
  metrics.settled(first);
  const { body } = await metrics.text();
  expect(body).toContain(
    'relay_requests_total{face="anthropic",action="generate",outcome="complete",failure="none"} 2\n',
  );
  expect(body).toContain('relay_first_byte_seconds_count{face="anthropic"} 2\n');
});
