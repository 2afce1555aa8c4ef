"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import { Checkbox } from "./checkbox";
import type { DataColumn } from "./data-columns";
import { Skeleton } from "./skeleton";
import type { DataTableModel } from "./use-data-table";

interface DataTableBodyProps<T extends object> {
  table: DataTableModel<T>;
  columns: readonly DataColumn<T>[];
  rowName: (row: T) => string;
  onOpen?: (row: T) => void;
  openId?: string | null;
  bulk?: unknown;
  dense?: boolean;
}

const CELL = "border-line border-b px-2 group-last:border-b-0 md:px-3";
/** What can be pressed inside a row lies above the button that covers the row. */
const ABOVE =
  "[&_:is(a,button,[role=button]):not([data-open-row])]:relative [&_:is(a,button,[role=button]):not([data-open-row])]:z-1";

/** The rows. A row that opens has a real button in its first cell, stretched over the whole row. */
export function DataTableBody<T extends object>({
  table,
  columns,
  rowName,
  onOpen,
  openId,
  bulk,
  dense,
}: DataTableBodyProps<T>) {
  const t = useTranslations("ui.table");
  const visible = new Set(table.getVisibleLeafColumns().map((column) => column.id));
  const shown = columns.filter((column) => visible.has(column.id));
  return (
    <tbody>
      {table.getRowModel().rows.map((row) => (
        <tr
          key={row.id}
          aria-selected={bulk ? row.getIsSelected() : undefined}
          className={cn(
            "group relative",
            dense ? "h-9" : "h-11",
            ABOVE,
            onOpen && "hover:bg-hover/60",
            (row.getIsSelected() || row.id === openId) && "bg-accent-soft hover:bg-accent-soft",
          )}
        >
          {bulk ? (
            <td className={cn(CELL, "w-10 pe-0")}>
              <Checkbox
                aria-label={`${t("selectRow")}: ${rowName(row.original)}`}
                checked={row.getIsSelected()}
                onCheckedChange={(checked) => row.toggleSelected(checked === true)}
              />
            </td>
          ) : null}
          {shown.map((column, index) => (
            <td
              key={column.id}
              className={cn(
                CELL,
                column.align === "end" && "text-end",
                column.wideOnly && "hidden md:table-cell",
                // The deeds of a row stay in sight however far its numbers reach.
                column.quietHead && "max-md:sticky max-md:end-0 max-md:z-1 max-md:bg-surface",
                column.className,
              )}
            >
              {index === 0 && onOpen ? (
                <OpenButton
                  label={t("openRow", { name: rowName(row.original) })}
                  onOpen={() => onOpen(row.original)}
                />
              ) : null}
              {column.cell(row.original)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function OpenButton({ label, onOpen }: { label: string; onOpen: () => void }): ReactNode {
  return (
    <button
      type="button"
      data-open-row=""
      aria-label={label}
      onClick={onOpen}
      className="absolute inset-0 outline-offset-[-2px]"
    />
  );
}

/** Rows of the height of those that are coming. */
export function SkeletonRows({ columns, dense }: { columns: number; dense?: boolean }) {
  const widths = ["w-40", "w-24", "w-20", "w-28", "w-16"];
  return (
    <tbody aria-hidden="true">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((row) => (
        <tr key={row} className={cn("group", dense ? "h-9" : "h-11")}>
          {Array.from({ length: columns }, (_, index) => `${row}${index}`).map((cell, index) => (
            <td key={cell} className={CELL}>
              <Skeleton className={cn("h-3.5 max-w-full", widths[index % widths.length])} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
