"use client";
import { useTranslations } from "next-intl";
import type { Account } from "@/lib/contracts/accounts";
import type { AdminOverview } from "@/lib/contracts/overview";
import { useFormat } from "@/lib/ui/format/use-format";
import { Money } from "@/lib/ui/primitives/money";
import { Stat } from "@/lib/ui/primitives/stat";

interface TodayStatsProps {
  overview: AdminOverview;
  accounts: readonly Account[];
}

/** What runs at this moment and what today has brought, beside yesterday up to the same hour. */
export function TodayStats({ overview, accounts }: TodayStatsProps) {
  const t = useTranslations("adminOverview");
  const format = useFormat();
  const { now, before } = overview.today;
  const running = accounts.reduce((sum, { inFlight }) => sum + inFlight, 0);
  const busy = accounts.filter(({ inFlight }) => inFlight > 0).length;
  const cost = now.costMicroUsd ?? "0";
  const firstByte = now.averageFirstByteMs;
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
      <Stat
        label={t("live")}
        value={format.count(running)}
        note={t("liveNote", { accounts: busy })}
      />
      <Stat
        label={t("requests")}
        value={format.compact(now.requests)}
        change={{ now: now.requests, before: before.requests }}
        note={t("errors", { count: now.errors })}
      />
      <Stat
        label={t("cost")}
        value={<Money micro={cost} />}
        change={{ now: Number(cost), before: Number(before.costMicroUsd ?? 0) }}
        note={t("charged", { amount: format.money(now.chargeMicroUsd) })}
      />
      <Stat
        label={t("firstByte")}
        value={firstByte === null ? "–" : format.duration(firstByte)}
        welcome="down"
        change={
          firstByte === null || before.averageFirstByteMs === null
            ? undefined
            : { now: firstByte, before: before.averageFirstByteMs }
        }
      />
      <Stat
        label={t("people")}
        className="col-span-2 md:col-span-1"
        value={format.count(overview.users)}
        note={t("peopleNote", { keys: overview.liveKeys })}
      />
    </div>
  );
}
