import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { anthropicFace } from "./matrix/face-anthropic";
import { chatFace } from "./matrix/face-chat";
import { geminiFace } from "./matrix/face-gemini";
import { responsesFace } from "./matrix/face-responses";
import { FEATURES } from "./matrix/features";
import { cellOf, type Stage, setStage, UPSTREAMS, type UpstreamId } from "./matrix/stage";
import { generateRecords, total } from "./support/records";

/** Every client protocol on every upstream protocol, each spoken by its official SDK. */
const FACES = [anthropicFace, chatFace, responsesFace, geminiFace];
const IDS = Object.keys(UPSTREAMS) as UpstreamId[];
const CELLS = FACES.flatMap((face) =>
  IDS.flatMap((upstream) => [true, false].map((stream) => ({ face, upstream, stream }))),
);

let stage: Stage;
/** Cell → feature → what came out. */
const results = new Map<string, Map<string, string>>();

beforeAll(async () => {
  stage = await setStage();
});

afterAll(async () => {
  process.stdout.write(`\n${tableOf(results)}\n`);
  await stage?.stop();
});

it.each(CELLS.map((cell) => ({ ...cell, name: nameOf(cell.face.id, cell.upstream, cell.stream) })))(
  "carries everything: $name",
  async ({ face, upstream, stream, name }) => {
    const outcomes = new Map<string, string>();
    results.set(name, outcomes);
    const failures: unknown[] = [];
    for (const [feature, play] of Object.entries(FEATURES)) {
      try {
        await play(cellOf(stage, face, upstream, stream));
        outcomes.set(feature, "pass");
      } catch (thrown) {
        outcomes.set(feature, "FAIL");
        failures.push(new Error(`${name}: ${feature}`, { cause: thrown }));
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(told).join("\n"));
  },
);

it("has booked what the upstream generated and delivered, and nothing else", async () => {
  const whole = stage.upstream.book
    .entries()
    .filter(({ plannedUsage, closedEarly, fault }) => plannedUsage && !closedEarly && fault === "");
  // Those who left and those who failed are recorded too: the last settlements must have arrived.
  const complete = await vi.waitFor(
    async () => {
      const records = await generateRecords(stage.portal);
      const found = records.filter(({ outcome }) => outcome === "complete");
      expect(found.length).toBeGreaterThanOrEqual(whole.length);
      return found;
    },
    { timeout: 15_000, interval: 200 },
  );
  const sum = (bucket: "input" | "cacheRead" | "output") =>
    whole.reduce((all, { plannedUsage }) => all + (plannedUsage?.[bucket] ?? 0), 0);
  expect(complete).toHaveLength(whole.length);
  expect(total(complete, "inputTokens")).toBe(sum("input"));
  expect(total(complete, "cacheReadTokens")).toBe(sum("cacheRead"));
  expect(total(complete, "outputTokens")).toBe(sum("output"));
});

function nameOf(face: string, upstream: string, stream: boolean): string {
  return `${face} on ${upstream}, ${stream ? "streamed" : "whole"}`;
}

function told(failure: unknown): string {
  const { message, cause } = failure as Error;
  return `${message}: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function tableOf(cells: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const features = Object.keys(FEATURES);
  const width = Math.max(...[...cells.keys()].map(({ length }) => length), 0);
  const head = `${"".padEnd(width)}  ${features.join("  ")}`;
  const rows = [...cells].map(([name, outcomes]) => {
    const marks = features.map((feature) => (outcomes.get(feature) ?? "–").padEnd(feature.length));
    return `${name.padEnd(width)}  ${marks.join("  ")}`;
  });
  return [head, ...rows].join("\n");
}
