"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { adminOverviewQuery } from "@/lib/client/queries/overview";
import type { AdminOverview } from "@/lib/contracts/overview";
import { TimeChart } from "@/lib/ui/charts/time-chart";
import { chartSeries, stepMs } from "../../../(portal)/usage/_parts/usage-chart-data";
import { useGroupLabel } from "../../../(portal)/usage/_parts/use-group-label";
import { Attention } from "./attention";
import { costPoints, requestPoints } from "./cost-points";
import { PoolHealth } from "./pool-health";
import { RecentFailures } from "./recent-failures";
import { TodayStats } from "./today-stats";
import { TopGroups } from "./top-groups";

const POLL_MS = 30_000;

/** The first page of an admin: numbers of today, what needs a look, and where the use comes from. */
export function OverviewView() {
  const t = useTranslations("adminOverview");
  const { data: overview } = useSuspenseQuery({ ...adminOverviewQuery, refetchInterval: POLL_MS });
  const { data: accounts } = useSuspenseQuery(accountsQuery);
  return (
    <>
      <TodayStats overview={overview} accounts={accounts} />
      <div className="grid gap-6 lg:grid-cols-2">
        <Attention accounts={accounts} unrated={overview.unratedModels} />
        <PoolHealth pool={overview.accounts} />
      </div>
      <Charts series={overview.series} />
      <div className="grid gap-6 lg:grid-cols-2">
        <TopGroups
          title={t("topUsers")}
          groups={overview.topUsers}
          hrefOf={(id) => `/admin/requests?user=${id}`}
        />
        <TopGroups
          title={t("topModels")}
          groups={overview.topModels}
          hrefOf={(id) => `/admin/requests?q=${encodeURIComponent(id)}`}
          mono
        />
      </div>
      <RecentFailures rows={overview.recentFailures} />
    </>
  );
}

const REQUESTS = "requests";

function Charts({ series }: Pick<AdminOverview, "series">) {
  const t = useTranslations("adminOverview");
  const labelOf = useGroupLabel("model");
  const models = useMemo(() => chartSeries(series.groups, labelOf), [series, labelOf]);
  const quiet = series.groups.length === 0;
  const cost = useMemo(() => (quiet ? [] : costPoints(series)), [quiet, series]);
  const requests = useMemo(() => (quiet ? [] : requestPoints(series, REQUESTS)), [quiet, series]);
  const bucketMs = stepMs(series.step);
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <TimeChart
        title={t("costChart")}
        purpose={t("costChartPurpose")}
        kind="bars"
        unit="money"
        bucketMs={bucketMs}
        series={models}
        points={cost}
      />
      <TimeChart
        title={t("requestChart")}
        purpose={t("requestChartPurpose")}
        kind="bars"
        unit="count"
        bucketMs={bucketMs}
        series={[{ id: REQUESTS, label: t("requestSeries") }]}
        points={requests}
      />
    </div>
  );
}
