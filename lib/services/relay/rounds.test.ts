import { expect, it } from "vitest";
import { systemClock } from "../../shared/clock";
import { createRounds } from "./rounds";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("goes on after a failure, and ends when told, even in the middle of a round", async () => {
  const failures: string[] = [];
  const rounds = createRounds(systemClock, (what) => failures.push(what));
  let count = 0;
  rounds.every(5, "work", async () => {
    count++;
    await pause(5);
    throw new Error("fails");
  });
  await pause(100);
  expect(count).toBeGreaterThan(2);
  expect(failures.length).toBeGreaterThan(1);
  rounds.stop();
  const atStop = count;
  await pause(50);
  expect(count).toBe(atStop);
});
