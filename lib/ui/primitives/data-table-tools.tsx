"use client";

import { Columns3, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import type { DataColumn } from "./data-columns";
import { IconButton } from "./icon-button";
import { Menu, MenuCheck, MenuLabel } from "./menu";
import type { DataTableModel } from "./use-data-table";

interface BulkBarProps {
  count: number;
  onClear: () => void;
  children: ReactNode;
}

/** Takes the place of the filters while rows are selected. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useTranslations("ui.table");
  return (
    <div className="flex flex-1 flex-wrap items-center gap-2">
      <IconButton icon={X} label={t("clearSelection")} size="sm" onClick={onClear} />
      <span role="status" className="me-2 font-medium">
        {t("selected", { count })}
      </span>
      {children}
    </div>
  );
}

interface ColumnPickerProps<T extends object> {
  table: DataTableModel<T>;
  columns: readonly DataColumn<T>[];
}

/** Which columns are in sight. */
export function ColumnPicker<T extends object>({ table, columns }: ColumnPickerProps<T>) {
  const t = useTranslations("ui.table");
  return (
    <div className="ms-auto">
      <Menu
        trigger={
          <Button size="sm">
            <Columns3 aria-hidden="true" />
            {t("columns")}
          </Button>
        }
      >
        <MenuLabel>{t("columns")}</MenuLabel>
        {columns
          .filter((column) => !column.fixed)
          .map((column) => {
            const model = table.getColumn(column.id);
            return (
              <MenuCheck
                key={column.id}
                checked={model?.getIsVisible() ?? true}
                onCheckedChange={(checked) => model?.toggleVisibility(checked)}
              >
                {column.header}
              </MenuCheck>
            );
          })}
      </Menu>
    </div>
  );
}
