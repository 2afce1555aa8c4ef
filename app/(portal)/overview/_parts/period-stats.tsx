"use client";
import { useTranslations } from "next-intl";
import type { Overview } from "@/lib/contracts/overview";
import type { UsageSummary } from "@/lib/contracts/usage";
import { useFormat } from "@/lib/ui/format/use-format";
import { Money } from "@/lib/ui/primitives/money";
import { Stat } from "@/lib/ui/primitives/stat";
import { MEASURE_OF } from "../../usage/_parts/usage-chart-data";

const PERIODS = ["today", "week", "month"] as const;

/** Spending of today, the week and the month, each beside the period before. */
export function PeriodStats({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {PERIODS.map((period) => (
        <PeriodStat
          key={period}
          label={t(period)}
          summary={overview[period]}
          trend={period === "today" ? undefined : trendOf(overview, period)}
        />
      ))}
    </div>
  );
}

interface PeriodStatProps {
  label: string;
  summary: UsageSummary;
  trend: number[] | undefined;
}

function PeriodStat({ label, summary: { now, before }, trend }: PeriodStatProps) {
  const t = useTranslations("overview");
  const format = useFormat();
  return (
    <Stat
      label={label}
      value={<Money micro={now.chargeMicroUsd} />}
      change={{ now: MEASURE_OF.cost(now), before: MEASURE_OF.cost(before) }}
      trend={trend}
      note={
        <>
          {t("note", { tokens: format.compact(MEASURE_OF.tokens(now)), requests: now.requests })}
          {" · "}
          <span className={now.errors > 0 ? "text-bad" : undefined}>
            {t("errors", { count: now.errors })}
          </span>
        </>
      }
    />
  );
}

/** Charge per day over all models. */
function trendOf({ series }: Overview, period: "week" | "month"): number[] {
  const days = series.points.map(({ sums }) =>
    Object.values(sums).reduce((sum, one) => sum + MEASURE_OF.cost(one), 0),
  );
  return period === "week" ? days.slice(-7) : days;
}
