import { expect, it } from "vitest";
import { handClock } from "../testing/hand-clock";
import { heartbeat } from "./heartbeat";

it("beats after each silence, and waits anew after each touch", () => {
  const clock = handClock();
  const beats: number[] = [];
  const beat = heartbeat(clock, 1000, () => beats.push(clock.monotonicMs()));
  clock.advance(900);
  beat.touch(clock.monotonicMs());
  clock.advance(900);
  expect(beats).toEqual([]);
  clock.advance(200);
  clock.advance(1000);
  expect(beats).toEqual([1900, 2900]);
});

it("leaves no timer behind", () => {
  const clock = handClock();
  const beat = heartbeat(clock, 1000, () => beat.stop());
  expect(clock.pending()).toBe(1);
  clock.advance(5000);
  expect(clock.pending()).toBe(0);
});
