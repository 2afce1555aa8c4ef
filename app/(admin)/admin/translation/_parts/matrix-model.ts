import {
  MATRIX_FORMATS,
  type MatrixFormat,
  type TranslationCell,
} from "@/lib/contracts/translation";

/** One field of the matrix. `losses` is null where both sides speak the same format. */
export interface Square {
  /** As it stands in the address. */
  id: string;
  face: MatrixFormat;
  upstream: MatrixFormat;
  losses: TranslationCell | null;
}

/** The fields of the matrix, a row for each face, in the order of the formats. */
export function squaresOf(cells: readonly TranslationCell[]): Square[][] {
  return MATRIX_FORMATS.map((face) =>
    MATRIX_FORMATS.map((upstream) => ({
      id: `${face}.${upstream}`,
      face,
      upstream,
      losses: cells.find((cell) => cell.face === face && cell.upstream === upstream) ?? null,
    })),
  );
}

/** How many kinds of things it can lose, both ways together. */
export function countLosses({ losses }: Square): number {
  return losses === null ? 0 : losses.call.length + losses.answer.length;
}
