"use client";

import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

type SortValue = string | number | bigint | null;

/** One column of a `DataTable`. */
export interface DataColumn<T> {
  id: string;
  /** The head's words; also the column's name in the column picker. */
  header: string;
  cell: (row: T) => ReactNode;
  /** Makes the head sortable in the browser; null always comes last. */
  sortBy?: (row: T) => SortValue;
  /** Makes the head sortable by the server: `onSort` of the table is told. */
  serverSort?: boolean;
  /** "end" for numbers. */
  align?: "start" | "end";
  /** Not offered in the column picker. */
  fixed?: boolean;
  /** Off until the reader switches it on. */
  hidden?: boolean;
  /** The head's words are only read out: for the column of row actions. */
  quietHead?: boolean;
  /** Left out on phones. */
  wideOnly?: boolean;
  /** Tailwind classes for head and cells, such as a width. */
  className?: string;
}

export const dataFeatures = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
});

export type DataFeatures = typeof dataFeatures;

/** The table library's columns, under the ids of ours. */
export function toColumnDefs<T extends object>(
  columns: readonly DataColumn<T>[],
): ColumnDef<DataFeatures, T>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.header,
    accessorFn: (row: T) => column.sortBy?.(row) ?? null,
    enableHiding: !column.fixed,
    enableSorting: Boolean(column.sortBy ?? column.serverSort),
    enableMultiSort: false,
    sortFn: (a, b) => {
      if (!column.sortBy) return 0;
      return compare(column.sortBy(a.original), column.sortBy(b.original));
    },
  }));
}

/** Orders values of one kind; null counts as the largest. */
export function compare(a: SortValue, b: SortValue): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b);
  return a < b ? -1 : 1;
}
