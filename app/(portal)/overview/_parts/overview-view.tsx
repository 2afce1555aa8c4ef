"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Cable } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { overviewQuery } from "@/lib/client/queries/overview";
import type { Overview } from "@/lib/contracts/overview";
import { TimeChart } from "@/lib/ui/charts/time-chart";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { useRequestColumns } from "../../requests/_parts/request-columns";
import { chartPoints, chartSeries, stepMs } from "../../usage/_parts/usage-chart-data";
import { useGroupLabel } from "../../usage/_parts/use-group-label";
import { BudgetCard } from "./budget-card";
import { PeriodStats } from "./period-stats";
import { TopModels } from "./top-models";

/** The first page of a member; without any request yet it leads to the connect page. */
export function OverviewView() {
  const { data: overview } = useSuspenseQuery(overviewQuery);
  const quiet = overview.month.now.requests === 0 && overview.recent.length === 0;
  if (quiet) return <Newcomer liveKeys={overview.liveKeys} />;
  return (
    <>
      <PeriodStats overview={overview} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <SpendChart overview={overview} />
        <BudgetCard overview={overview} />
      </div>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <RecentRequests overview={overview} />
        <TopModels models={overview.topModels} />
      </div>
    </>
  );
}

function Newcomer({ liveKeys }: { liveKeys: number }) {
  const t = useTranslations("overview");
  return (
    <Card>
      <EmptyState
        icon={Cable}
        title={t("empty.title")}
        body={
          <>
            <p>{t("empty.body")}</p>
            {liveKeys === 0 ? <p>{t("empty.more")}</p> : null}
          </>
        }
        action={
          <Button asChild look="primary">
            <Link href="/connect">{t("connect")}</Link>
          </Button>
        }
      />
    </Card>
  );
}

function SpendChart({ overview: { series } }: { overview: Overview }) {
  const t = useTranslations("overview");
  const labelOf = useGroupLabel("model");
  const lines = useMemo(() => chartSeries(series.groups, labelOf), [series, labelOf]);
  const points = useMemo(() => chartPoints(series, "cost"), [series]);
  return (
    <TimeChart
      title={t("chartTitle")}
      purpose={t("chartPurpose")}
      kind="bars"
      unit="money"
      bucketMs={stepMs(series.step)}
      series={lines}
      points={points}
    />
  );
}

const FEW = new Set(["when", "model", "outcome", "charge", "duration"]);

function RecentRequests({ overview: { recent } }: { overview: Overview }) {
  const t = useTranslations("overview");
  const router = useRouter();
  const all = useRequestColumns();
  const columns = useMemo(() => all.filter(({ id }) => FEW.has(id)), [all]);
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <header className="flex min-h-8 items-center justify-between gap-3">
        <h2 className="font-semibold text-lg">{t("recent")}</h2>
        <Button asChild size="sm">
          <Link href="/requests">{t("allRequests")}</Link>
        </Button>
      </header>
      <DataTable
        label={t("recent")}
        rows={recent}
        rowId={(row) => row.id}
        rowName={(row) => row.model}
        columns={columns}
        onOpen={(row) => router.push(`/requests/${row.id}`)}
        empty={null}
      />
    </section>
  );
}
