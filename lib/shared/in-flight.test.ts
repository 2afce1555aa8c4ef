import fc from "fast-check";
import { expect, it } from "vitest";
import { inFlight } from "./in-flight";

const ids = fc.constantFrom("a", "b", "c", "d", "__proto__", "constructor");
const step = fc.record({ id: ids, value: fc.option(fc.integer(), { nil: null }) });

it("holds what a Map would hold after any steps", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const map = new Map<string, number>();
      const flight = inFlight<number>();
      for (const { id, value } of steps) {
        if (value === null) expect(flight.delete(id)).toBe(map.delete(id));
        else {
          map.set(id, value);
          flight.set(id, value);
        }
        expect(flight.size).toBe(map.size);
        expect([...flight.values()].sort()).toEqual([...map.values()].sort());
      }
      for (const id of ["a", "b", "c", "d", "__proto__", "constructor", "toString"]) {
        expect(flight.get(id)).toBe(map.get(id));
      }
    }),
  );
});
