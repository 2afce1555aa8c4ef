import fc from "fast-check";
import { expect, it } from "vitest";
import { inFlight } from "./in-flight";

// Few enough to meet again, with the same last letters, and more than fit the first table.
const ids = fc.integer({ min: 0, max: 90 }).map((n) => `${n % 3}-same-end-${n % 30}`);
const step = fc.record({ id: ids, value: fc.option(fc.integer(), { nil: null }) });

it("holds what a Map would hold after any steps", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const map = new Map<string, number>();
      const flight = inFlight<number>();
      for (const { id, value } of steps) {
        if (value === null) expect(flight.delete(id)).toBe(map.delete(id));
        else {
          map.set(id, value);
          flight.set(id, value);
        }
        expect([flight.size, flight.get(id)]).toEqual([map.size, map.get(id)]);
      }
      expect(flight.values().sort()).toEqual([...map.values()].sort());
      for (const id of map.keys()) expect(flight.get(id)).toBe(map.get(id));
    }),
  );
});

it("takes many at a time and gives all of them back", () => {
  const flight = inFlight<number>();
  for (let i = 0; i < 10_000; i++) flight.set(`req_${i}`, i);
  expect([flight.size, flight.get("req_9999"), flight.get("req_10000")]).toEqual([
    10_000,
    9_999,
    undefined,
  ]);
  for (let i = 0; i < 10_000; i++) expect(flight.delete(`req_${i}`)).toBe(true);
  expect([flight.size, flight.values(), flight.delete("req_1")]).toEqual([0, [], false]);
});
