"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { poolUsageSeriesQuery } from "@/lib/client/queries/usage";
import type { PoolUsageQuery } from "@/lib/contracts/usage";
import { TimeChart } from "@/lib/ui/charts/time-chart";
import { chartSeries, stepMs } from "../../../../../(portal)/usage/_parts/usage-chart-data";
import { useGroupLabel } from "../../../../../(portal)/usage/_parts/use-group-label";
import { costPoints } from "../../../_parts/cost-points";

/** What an account cost, hour by hour and model by model. */
export function AccountUsage({ usage }: { usage: PoolUsageQuery }) {
  const t = useTranslations("adminAccounts.detail");
  const labelOf = useGroupLabel("model");
  const { data } = useQuery(poolUsageSeriesQuery({ ...usage, step: "hour", by: "model" }));
  const series = useMemo(() => (data ? chartSeries(data.groups, labelOf) : []), [data, labelOf]);
  const points = useMemo(() => {
    if (!data) return undefined;
    return data.groups.length === 0 ? [] : costPoints(data);
  }, [data]);
  return (
    <TimeChart
      title={t("usage")}
      purpose={t("usagePurpose")}
      kind="bars"
      unit="money"
      bucketMs={stepMs("hour")}
      series={series}
      points={points}
    />
  );
}
