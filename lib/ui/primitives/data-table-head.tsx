"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "../class-names";
import { Checkbox } from "./checkbox";
import type { DataColumn } from "./data-columns";
import type { DataTableModel } from "./use-data-table";

interface DataTableHeadProps<T extends object> {
  table: DataTableModel<T>;
  columns: readonly DataColumn<T>[];
  selectable: boolean;
}

const HEAD =
  "sticky top-0 z-10 h-9 border-line border-b bg-sunken px-2 font-medium text-ink-muted md:px-3";

/** Heads that stay in sight; the sortable ones are buttons and say how they sort. */
export function DataTableHead<T extends object>({
  table,
  columns,
  selectable,
}: DataTableHeadProps<T>) {
  const t = useTranslations("ui.table");
  const someSelected = table.getIsSomeRowsSelected();
  const allSelected = table.getIsAllRowsSelected();
  return (
    <thead>
      <tr>
        {selectable ? (
          <th scope="col" className={cn(HEAD, "w-10 pe-0 text-start")}>
            <Checkbox
              aria-label={t("selectAll")}
              checked={someSelected && !allSelected ? "indeterminate" : allSelected}
              onCheckedChange={(checked) => table.toggleAllRowsSelected(checked === true)}
            />
          </th>
        ) : null}
        {table.getVisibleLeafColumns().map((model) => {
          const column = columns.find((one) => one.id === model.id);
          if (!column) return null;
          const sorted = model.getIsSorted();
          return (
            <th
              key={model.id}
              scope="col"
              aria-sort={ariaSort(model.getCanSort(), sorted)}
              className={cn(
                HEAD,
                "whitespace-nowrap",
                column.align === "end" ? "text-end" : "text-start",
                column.wideOnly && "hidden md:table-cell",
                column.quietHead && "max-md:end-0 max-md:z-11",
                column.className,
              )}
            >
              {model.getCanSort() ? (
                <SortButton
                  name={column.header}
                  sorted={sorted}
                  next={model.getNextSortingOrder()}
                  atEnd={column.align === "end"}
                  onSort={() => model.toggleSorting()}
                />
              ) : (
                <span className={cn(column.quietHead && "sr-only")}>{column.header}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

type Sorted = false | "asc" | "desc";

function ariaSort(sortable: boolean, sorted: Sorted) {
  if (!sortable) return undefined;
  if (!sorted) return "none";
  return sorted === "asc" ? "ascending" : "descending";
}

interface SortButtonProps {
  name: string;
  sorted: Sorted;
  next: Sorted;
  atEnd: boolean;
  onSort: () => void;
}

const SORT_WORDS = { asc: "sortAscending", desc: "sortDescending" } as const;
const SORT_ICONS = { asc: ArrowUp, desc: ArrowDown } as const;

function SortButton({ name, sorted, next, atEnd, onSort }: SortButtonProps) {
  const t = useTranslations("ui.table");
  const Icon = sorted ? SORT_ICONS[sorted] : ChevronsUpDown;
  return (
    <button
      type="button"
      title={t(next ? SORT_WORDS[next] : "sortNone", { column: name })}
      onClick={onSort}
      className={cn(
        "-mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:text-ink",
        sorted && "text-ink",
        atEnd && "flex-row-reverse",
      )}
    >
      {name}
      <Icon aria-hidden="true" className={cn("size-3.5", !sorted && "opacity-60")} />
    </button>
  );
}
