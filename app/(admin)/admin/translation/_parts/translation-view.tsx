"use client";
import type { TranslationCell } from "@/lib/contracts/translation";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { LossSheet } from "./loss-sheet";
import { MatrixList } from "./matrix-list";
import { squaresOf } from "./matrix-model";
import { MatrixTable } from "./matrix-table";

/** The matrix of faces and upstreams, and the losses of the chosen pair. */
export function TranslationView({ cells }: { cells: readonly TranslationCell[] }) {
  const { values, set } = useUrlState(["open"]);
  const rows = squaresOf(cells);
  const chosen = rows.flat().find(({ id }) => id === values.open);
  const open = (id: string) => set({ open: id });
  return (
    <>
      <MatrixTable rows={rows} chosen={values.open} onOpen={open} />
      <MatrixList rows={rows} onOpen={open} />
      {chosen ? <LossSheet square={chosen} onClose={() => set({ open: null })} /> : null}
    </>
  );
}
