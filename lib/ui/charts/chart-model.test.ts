import fc from "fast-check";
import { expect, it } from "vitest";
import { groupOthers, OTHERS, sumKnown, totalOf, withGaps } from "./chart-model";

const series = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `s${index}`, label: `Series ${index}` }));

it("keeps six series as they are, the largest first", () => {
  const points = [{ atMs: 0, values: { s0: 1, s1: 5, s2: 3 } }];
  const model = groupOthers(series(3), points, "Others");
  expect(model.series.map(({ id }) => id)).toEqual(["s1", "s2", "s0"]);
  expect(model.series.map(({ colour }) => colour)).toEqual([
    "var(--chart-1)",
    "var(--chart-2)",
    "var(--chart-3)",
  ]);
});

/** Often nothing: a series without anything is left out. */
const value = fc.oneof(fc.constant(0), fc.nat(1000));

it("adds everything beyond six up, and loses nothing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(value, { minLength: 9, maxLength: 9 }), { minLength: 1 }),
      (rows) => {
        const points = rows.map((row, index) => ({
          atMs: index,
          values: Object.fromEntries(row.map((value, at) => [`s${at}`, value])),
        }));
        const model = groupOthers(series(9), points, "Others");
        const shown = model.series.reduce((sum, { id }) => sum + totalOf(model.points, id), 0);
        const some = series(9).filter((_, at) => rows.some((row) => row[at] !== 0)).length;
        // Nine that are nothing at all are shown like nine that are something.
        const count = some || 9;
        expect(model.series).toHaveLength(Math.min(count, 7));
        expect(model.series.findIndex(({ id }) => id === OTHERS)).toBe(count > 6 ? 6 : -1);
        expect(shown).toBe(rows.flat().reduce((sum, value) => sum + value, 0));
      },
    ),
  );
});

it("does not turn unknown into zero", () => {
  expect(sumKnown([null, null])).toBeNull();
  expect(sumKnown([null, 2])).toBe(2);
  const points = [{ atMs: 0, values: { s0: 1, s1: 1, s2: 1, s3: 1, s4: 1, s5: 1, s6: null } }];
  expect(groupOthers(series(7), points, "Others").points[0]?.values[OTHERS]).toBeNull();
});

it("gives a series its own colour and the free ones to the rest", () => {
  const fixed = [
    { id: "a", label: "A" },
    { id: "b", label: "B", colour: 1 },
  ];
  const model = groupOthers(fixed, [{ atMs: 0, values: { a: 9, b: 1 } }], "Others");
  expect(model.series.map(({ colour }) => colour)).toEqual(["var(--chart-2)", "var(--chart-1)"]);
});

it("draws missing buckets as gaps", () => {
  const points = [
    { atMs: 300, values: { a: 3 } },
    { atMs: 0, values: { a: 1 } },
  ];
  expect(withGaps(points, 100).map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300]);
  expect(withGaps(points, 100)[1]?.values).toEqual({});
});

it("leaves out what is nothing all along, unless all of it is", () => {
  const two = [
    { id: "some", label: "some" },
    { id: "none", label: "none" },
  ];
  const points = [{ atMs: 0, values: { some: 3, none: 0 } }];
  expect(groupOthers(two, points, "Others").series.map(({ id }) => id)).toEqual(["some"]);
  const calm = [{ atMs: 0, values: { some: 0, none: 0 } }];
  expect(groupOthers(two, calm, "Others").series).toHaveLength(2);
});
