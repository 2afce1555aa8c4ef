import { expect, it } from "vitest";
import { MATRIX_FORMATS, type TranslationCell } from "@/lib/contracts/translation";
import { countLosses, squaresOf } from "./matrix-model";

const LINE = { kind: "seed", why: "There is no seed.", see: "https://docs.test/" } as const;
const CELL: TranslationCell = {
  face: "gemini",
  upstream: "anthropic",
  call: [LINE, { ...LINE, kind: "state" }],
  answer: [LINE],
};

it("has a row for each face and a column for each upstream, in one order", () => {
  const rows = squaresOf([CELL]);
  expect(rows.map((row) => row[0]?.face)).toEqual(MATRIX_FORMATS);
  for (const row of rows) expect(row.map(({ upstream }) => upstream)).toEqual(MATRIX_FORMATS);
});

it("counts what is lost both ways, and nothing where bytes pass", () => {
  const squares = squaresOf([CELL]).flat();
  expect(squares.filter((square) => countLosses(square) > 0)).toEqual([
    { id: "gemini.anthropic", face: "gemini", upstream: "anthropic", losses: CELL },
  ]);
  expect(squares.filter((square) => countLosses(square) === 3)).toHaveLength(1);
});
