import { expect, it } from "vitest";
import { newCapabilityTable } from "./capability-table";
import type { Removal } from "./removal";

const HOUR_MS = 3_600_000;
const field = (path: string): Removal => ({ kind: "field", path });

it("remembers per place for an hour, and is empty again when all is forgotten", () => {
  const table = newCapabilityTable();
  expect(table.isEmpty()).toBe(true);
  table.learn("a", [field("x")], 0);
  expect(table.isEmpty()).toBe(false);
  expect(table.known("a", HOUR_MS - 1)).toEqual([field("x")]);
  expect(table.known("b", 0)).toEqual([]);
  expect(table.known("a", HOUR_MS)).toEqual([]);
  expect(table.isEmpty()).toBe(true);
});

it("does not grow older by being learnt again: sooner or later it is tried again", () => {
  const table = newCapabilityTable();
  table.learn("a", [field("x")], 0);
  table.learn("a", [field("x"), field("y")], HOUR_MS / 2);
  expect(table.known("a", HOUR_MS)).toEqual([field("y")]);
});

it("forgets what was wrongly learnt", () => {
  const table = newCapabilityTable();
  table.learn("a", [field("x"), { kind: "beta", name: "x" }], 0);
  table.forget("a", [field("x")]);
  expect(table.known("a", 0)).toEqual([{ kind: "beta", name: "x" }]);
  table.forget("a", [{ kind: "beta", name: "x" }]);
  table.forget("b", [field("x")]);
  expect(table.isEmpty()).toBe(true);
});

it("stays within its bounds", () => {
  const table = newCapabilityTable();
  for (let i = 0; i < 1_500; i++) table.learn(`place ${i}`, [field("x")], 0);
  expect(table.known("place 499", 0)).toEqual([]);
  expect(table.known("place 500", 0)).toEqual([field("x")]);
  const many = Array.from({ length: 30 }, (_, i) => field(`x${i}`));
  table.learn("a", many, 0);
  expect(table.known("a", 0)).toEqual(many.slice(10));
});
