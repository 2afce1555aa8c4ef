"use client";

import { cn } from "../class-names";
import { DataTableBody, SkeletonRows } from "./data-table-body";
import { DataTableHead } from "./data-table-head";
import { BulkBar, ColumnPicker } from "./data-table-tools";
import { LoadMore } from "./load-more";
import { ScrollRegion } from "./scroll-region";
import { type DataTableModel, type DataTableProps, useDataTable } from "./use-data-table";

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
      // Beside the rail the rows scroll under their heads; on phones the page scrolls, never both.
      className="relative overflow-auto rounded-b-lg outline-offset-[-2px] md:max-h-[max(36rem,calc(100dvh-19rem))]"
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
