"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { usageSeriesQuery, usageSummaryQuery } from "@/lib/client/queries/usage";
import { TimeChart } from "@/lib/ui/charts/time-chart";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { ErrorState } from "@/lib/ui/primitives/error-state";
import { Segmented } from "@/lib/ui/primitives/segmented";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useFailureText } from "../../../_parts/use-failure-text";
import {
  chartPoints,
  chartSeries,
  isMeasure,
  MEASURE_UNITS,
  MEASURES,
  stepMs,
  TOKEN_KINDS,
  tokenPoints,
} from "./usage-chart-data";
import { UsageErrors } from "./usage-errors";
import { USAGE_PARAMS, type UsageAsked, type UsageMoment, usageAsked } from "./usage-range";
import { UsageStats } from "./usage-stats";
import { UsageTableCard } from "./usage-table";
import { useGroupLabel } from "./use-group-label";

/** The answer to what the address asks: numbers, charts and a table. */
export function UsageView({ moment }: { moment: UsageMoment }) {
  const failureText = useFailureText();
  const asked = usageAsked(useUrlState(USAGE_PARAMS).values, moment);
  const summary = useQuery({
    ...usageSummaryQuery(asked.filters),
    placeholderData: keepPreviousData,
  });
  if (summary.isError && !summary.data) {
    const retry = () => void summary.refetch();
    return <ErrorState message={failureText(summary.error)} onRetry={retry} />;
  }
  if (summary.data?.now.requests === 0) return <NoUsage />;
  return (
    <>
      <UsageStats summary={summary.data} stale={summary.isPlaceholderData} />
      <UsageCharts asked={asked} />
      <UsageTableCard asked={asked} />
      <UsageErrors asked={asked} />
    </>
  );
}

function NoUsage() {
  const t = useTranslations("usage.empty");
  return (
    <Card>
      <EmptyState
        icon={ChartNoAxesColumn}
        title={t("title")}
        body={t("body")}
        action={
          <Button asChild>
            <Link href="/connect">{t("action")}</Link>
          </Button>
        }
      />
    </Card>
  );
}

function UsageCharts({ asked }: { asked: UsageAsked }) {
  const t = useTranslations("usage");
  const { filters, by, step } = asked;
  const { data: series, isPlaceholderData: stale } = useQuery({
    ...usageSeriesQuery({ ...filters, by, step }),
    placeholderData: keepPreviousData,
  });
  const { values, set } = useUrlState(["measure", "from", "to", "range"]);
  const measure = isMeasure(values.measure) ? values.measure : "cost";
  const labelOf = useGroupLabel(by);
  const drill = useDrill(asked);
  const bucketMs = stepMs(series?.step ?? step);
  const lines = useMemo(() => chartSeries(series?.groups ?? [], labelOf), [series, labelOf]);
  const points = useMemo(() => series && chartPoints(series, measure), [series, measure]);
  const kinds = useMemo(() => TOKEN_KINDS.map((id) => ({ id, label: t(`buckets.${id}`) })), [t]);
  const tokens = useMemo(() => series && tokenPoints(series), [series]);
  const shared = {
    bucketMs,
    // What still stands there from the question before looks like it.
    className: stale ? "opacity-60" : undefined,
    purpose: t(step === "hour" ? "perHour" : "perDay"),
    onPick: drill,
    onRange: (fromMs: number, toMs: number) =>
      set({ from: iso(fromMs), to: iso(toMs + bucketMs), range: null }),
  };
  return (
    <>
      <TimeChart
        {...shared}
        title={t("chartTitle", {
          measure: t(`measures.${measure}`),
          group: t(`groupsInText.${by}`),
        })}
        kind={points && points.length <= 2 ? "bars" : "area"}
        unit={MEASURE_UNITS[measure]}
        series={lines}
        points={points}
        actions={
          <Segmented
            label={t("measure")}
            value={measure}
            onValueChange={(next) => set({ measure: next })}
            choices={MEASURES.map((value) => ({ value, label: t(`measures.${value}`) }))}
          />
        }
      />
      <TimeChart
        {...shared}
        title={t("bucketsTitle")}
        kind="bars"
        unit="tokens"
        series={kinds}
        points={tokens}
      />
    </>
  );
}

/** Opens the requests of one bucket. */
function useDrill({ filters, step }: UsageAsked): (atMs: number) => void {
  const router = useRouter();
  return (atMs) => {
    const span = { from: iso(atMs), to: iso(atMs + stepMs(step)) };
    const query = new URLSearchParams({ ...span, ...(filters.keyId && { key: filters.keyId }) });
    router.push(`/requests?${query}`);
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
