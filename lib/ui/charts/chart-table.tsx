"use client";

import { useLocale, useTranslations } from "next-intl";
import { type NumberUnit, useFormat } from "../format/use-format";
import { ScrollRegion } from "../primitives/scroll-region";
import { type ChartModel, totalOf } from "./chart-model";
import { bucketLabel } from "./time-axis";

interface ChartTableProps {
  title: string;
  model: ChartModel;
  unit: NumberUnit;
  bucketMs: number;
}

const HEAD = "whitespace-nowrap sticky top-0 bg-surface px-3 py-2 font-medium text-ink-muted";

/** The numbers of a chart as a table, newest first, with totals. */
export function ChartTable({ title, model, unit, bucketMs }: ChartTableProps) {
  const t = useTranslations("ui.chart");
  const format = useFormat();
  const locale = useLocale();
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : format.unit(value, unit);
  return (
    <ScrollRegion label={title} className="h-full overflow-auto outline-offset-[-2px]">
      <table className="w-full text-sm">
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} text-start`}>
              {t("time")}
            </th>
            {model.series.map(({ id, label }) => (
              <th key={id} scope="col" className={`${HEAD} text-end`}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="font-medium">
            <th scope="row" className="border-t px-3 py-2 text-start font-medium">
              {t("total")}
            </th>
            {model.series.map(({ id }) => (
              <td key={id} className="border-t px-3 py-2 text-end">
                {write(totalOf(model.points, id))}
              </td>
            ))}
          </tr>
          {model.points.toReversed().map(({ atMs, values }) => (
            <tr key={atMs}>
              <th
                scope="row"
                className="whitespace-nowrap border-t px-3 py-2 text-start font-normal"
              >
                {bucketLabel(atMs, bucketMs, locale)}
              </th>
              {model.series.map(({ id }) => (
                <td key={id} className="border-t px-3 py-2 text-end">
                  {write(values[id])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
