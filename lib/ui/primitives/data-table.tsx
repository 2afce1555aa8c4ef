"use client";

import { useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { cn } from "../class-names";
import { type DataColumn, dataFeatures, toColumnDefs } from "./data-columns";
import { DataTableBody, SkeletonRows } from "./data-table-body";
import { DataTableHead } from "./data-table-head";
import { BulkBar, ColumnPicker } from "./data-table-tools";
import { LoadMore } from "./load-more";
import { ScrollRegion } from "./scroll-region";

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

/** A table of records: sortable heads, a column picker, selection with deeds, rows that open, more on demand. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { rows, empty, more } = props;
  const table = useDataTable(props);
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col rounded-lg border border-line bg-surface",
        props.className,
      )}
    >
      <TableTools table={table} {...props} />
      {rows?.length === 0 ? empty : <TableGrid table={table} {...props} />}
      {rows?.length && more ? (
        <div className="border-line border-t">
          <LoadMore shown={rows.length} {...more} />
        </div>
      ) : null}
    </div>
  );
}

type PartProps<T extends object> = DataTableProps<T> & { table: DataTableModel<T> };

/** The row above the table: filters, or the deeds for what is selected. */
function TableTools<T extends object>({ table, columns, bulk, tools, pickColumns }: PartProps<T>) {
  const selected = table.getSelectedRowModel().rows.map((row) => row.original);
  const clear = () => table.resetRowSelection(true);
  if (!tools && !pickColumns && selected.length === 0) return null;
  return (
    <div className="flex min-h-13 flex-wrap items-center gap-2 border-line border-b px-3 py-2">
      {selected.length > 0 && bulk ? (
        <BulkBar count={selected.length} onClear={clear}>
          {bulk(selected, clear)}
        </BulkBar>
      ) : (
        tools
      )}
      {pickColumns ? <ColumnPicker table={table} columns={columns} /> : null}
    </div>
  );
}

function TableGrid<T extends object>(props: PartProps<T>) {
  const { table, label, columns, rows, bulk, dense } = props;
  const width = table.getVisibleLeafColumns().length + (bulk ? 1 : 0);
  return (
    <ScrollRegion
      label={label}
      className="relative max-h-[calc(100dvh-9rem)] min-h-32 overflow-auto rounded-b-lg outline-offset-[-2px]"
    >
      <table
        aria-label={label}
        aria-busy={!rows}
        className="w-full border-separate border-spacing-0 text-sm"
      >
        <DataTableHead table={table} columns={columns} selectable={Boolean(bulk)} />
        {rows ? <DataTableBody {...props} /> : <SkeletonRows columns={width} dense={dense} />}
      </table>
    </ScrollRegion>
  );
}

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
