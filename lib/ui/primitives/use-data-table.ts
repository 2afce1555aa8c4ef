"use client";

import { useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { type DataColumn, dataFeatures, toColumnDefs } from "./data-columns";

export interface TableSort {
  id: string;
  desc: boolean;
}

export interface DataTableProps<T extends object> {
  /** What the rows are, read out as the table's name. */
  label: string;
  columns: readonly DataColumn<T>[];
  /** undefined while they are loading. */
  rows: readonly T[] | undefined;
  rowId: (row: T) => string;
  /** What a row is called, for the buttons that open or select it. */
  rowName: (row: T) => string;
  /** Makes rows open: a side sheet or a page. */
  onOpen?: (row: T) => void;
  /** The row whose sheet is open. */
  openId?: string | null;
  /** Makes rows selectable: the deeds for the selected ones. */
  bulk?: (selected: T[], clear: () => void) => ReactNode;
  /** Stands in the table's place when there are no rows. */
  empty: ReactNode;
  /** The order that the server has used, for columns with `serverSort`. */
  sort?: TableSort | null;
  onSort?: (sort: TableSort | null) => void;
  more?: { hasMore: boolean; busy?: boolean; onMore: () => void };
  dense?: boolean;
  /** Filters and other controls, in one row above the table. */
  tools?: ReactNode;
  /** Offers the column picker. */
  pickColumns?: boolean;
  className?: string;
}

const NO_ROWS: never[] = [];

/** The library's table over our columns. */
export function useDataTable<T extends object>(props: DataTableProps<T>) {
  const { columns, rows, rowId, bulk, sort, onSort } = props;
  const [ownSort, setOwnSort] = useState<TableSort[]>([]);
  const sorting = onSort ? [sort ?? []].flat() : ownSort;
  const definitions = useMemo(() => toColumnDefs(columns), [columns]);
  const hidden = useMemo(
    () => Object.fromEntries(columns.filter((one) => one.hidden).map((one) => [one.id, false])),
    [columns],
  );
  return useTable({
    features: dataFeatures,
    columns: definitions,
    data: rows ?? NO_ROWS,
    getRowId: rowId,
    enableRowSelection: Boolean(bulk),
    manualSorting: Boolean(onSort),
    initialState: { columnVisibility: hidden },
    state: { sorting },
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      if (onSort) onSort(next[0] ?? null);
      else setOwnSort(next);
    },
  });
}

export type DataTableModel<T extends object> = ReturnType<typeof useDataTable<T>>;
