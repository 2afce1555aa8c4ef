import { expect, it } from "vitest";
import { handClock } from "../testing/hand-clock";
import { createFairLine, type Place } from "./fair-line";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function world() {
  const clock = handClock();
  const line = createFairLine({ clock, lookEveryMs: 100, maxWaiting: 8 });
  const looked: string[] = [];
  const places = new Map<string, Place>();
  const enter = (keyId: string, name: string, forMs = 10_000) => {
    const place = line.enter(keyId, 4);
    if (!place) return false;
    places.set(name, place);
    const wait = () =>
      void place.turn(clock.nowMs() + forMs).then((turn) => {
        looked.push(turn ? name : `${name} late`);
        if (!turn) place.leave();
      });
    wait();
    return true;
  };
  return { clock, line, looked, enter, placeOf: (name: string) => places.get(name) };
}

it("lets keys take turns, and keeps the order within a key", async () => {
  const { line, looked, enter, placeOf } = world();
  for (const name of ["a1", "a2", "a3"]) enter("a", name);
  enter("b", "b1");
  line.freed();
  await settled();
  for (const name of ["a1", "b1", "a2", "a3"]) {
    expect(looked.at(-1)).toBe(name);
    placeOf(name)?.leave();
    await settled();
  }
  expect(line.waiting()).toBe(0);
});

it("lets one look at a time, and the next only when there was something", async () => {
  const { clock, line, looked, enter, placeOf } = world();
  enter("a", "a1");
  enter("b", "b1");
  line.freed();
  line.freed();
  await settled();
  expect(looked).toEqual(["a1"]);
  placeOf("a1")?.nothing();
  await settled();
  expect(looked).toEqual(["a1"]);
  clock.advance(100);
  await settled();
  expect(looked).toEqual(["a1", "b1"]);
});

it("tells each when its time is over, and takes no more than it can hold", async () => {
  const { clock, line, looked, enter } = world();
  for (const name of ["a1", "a2", "a3", "a4"]) expect(enter("a", name, 50)).toBe(true);
  expect(enter("a", "a5")).toBe(false);
  for (const name of ["b1", "b2", "b3", "b4"]) expect(enter(name, name, 50)).toBe(true);
  expect(enter("c", "c1")).toBe(false);
  clock.advance(60);
  await settled();
  expect(looked.every((one) => one.endsWith("late"))).toBe(true);
  expect(line.waiting()).toBe(0);
  expect(enter("a", "a6")).toBe(true);
});

it("goes on with the next when the one that looks leaves", async () => {
  const { line, looked, enter, placeOf } = world();
  enter("a", "a1");
  enter("b", "b1");
  line.freed();
  await settled();
  placeOf("a1")?.leave();
  await settled();
  expect(looked).toEqual(["a1", "b1"]);
});
