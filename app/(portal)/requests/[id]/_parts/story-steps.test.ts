import { expect, it } from "vitest";
import type { AttemptStory, RequestStory } from "@/lib/contracts/requests";
import { billLines, rateText } from "./bill-lines";
import { storySteps } from "./story-steps";

const REQUEST = { durationMs: 900, firstByteMs: 400, outcome: "complete" } as const;
const USAGE = {
  input: 10,
  cacheRead: null,
  cacheWrite5m: 0,
  cacheWrite1h: null,
  output: 5,
  reasoning: 2,
  images: null,
  webSearches: null,
};
const attempt = (number: number, changes: Partial<AttemptStory> = {}) =>
  ({
    attempt: number,
    startedMs: number * 100,
    endedMs: number * 100 + 50,
    failure: null,
    usage: USAGE,
    price: null,
    planRatePpm: "1000000",
    keyRatePpm: "1000000",
    ...changes,
  }) as AttemptStory;
const story = (request: object, attempts: AttemptStory[]) =>
  ({ request: { ...REQUEST, ...request }, attempts }) as RequestStory;

it("ends a refused request at the door", () => {
  const steps = storySteps(story({ outcome: "refused", firstByteMs: null }, []));
  expect(steps.map(({ kind }) => kind)).toEqual(["received", "refused"]);
});

it("tells every attempt, the failed ones as such", () => {
  const steps = storySteps(story({}, [attempt(1, { failure: "upstream_busy" }), attempt(2)]));
  expect(steps.map(({ kind }) => kind)).toEqual([
    "received",
    "admitted",
    "attempt",
    "attempt",
    "firstByte",
    "end",
    "settled",
  ]);
  expect(steps.filter(({ kind }) => kind === "attempt").map(({ tone }) => tone)).toEqual([
    "bad",
    "info",
  ]);
});

it("bills the buckets that hold something, and reasoning without a price of its own", () => {
  expect(billLines(attempt(1)).map(({ bucket }) => bucket)).toEqual([
    "input",
    "output",
    "reasoning",
  ]);
});

it("names the factor of plan and key only where it changes the price", () => {
  expect(rateText(attempt(1))).toBeNull();
  expect(rateText(attempt(1, { planRatePpm: "1500000", keyRatePpm: "500000" }))).toBe("0.75");
});
