"use client";
import { useTranslations } from "next-intl";
import type { UsageSummary, UsageSums } from "@/lib/contracts/usage";
import { cn } from "@/lib/ui/class-names";
import { useFormat } from "@/lib/ui/format/use-format";
import { Money } from "@/lib/ui/primitives/money";
import { Stat, StatSkeleton } from "@/lib/ui/primitives/stat";
import { Tokens } from "@/lib/ui/primitives/tokens";
import { cacheShare, MEASURE_OF } from "./usage-chart-data";

interface UsageStatsProps {
  summary: UsageSummary | undefined;
  /** The numbers answer the question before; the new ones are on their way. */
  stale: boolean;
}

/** The range in six numbers, each beside the period before. */
export function UsageStats({ summary, stale }: UsageStatsProps) {
  return (
    <div className={cn("grid grid-cols-2 gap-3 lg:grid-cols-3", stale && "opacity-60")}>
      {summary ? <Stats summary={summary} /> : STATS.map((stat) => <StatSkeleton key={stat} />)}
    </div>
  );
}

const STATS = ["charge", "requests", "tokens", "cacheHits", "errors", "firstByte"] as const;

function Stats({ summary }: { summary: UsageSummary }) {
  const t = useTranslations("usage");
  const format = useFormat();
  const { now, before } = summary;
  const change = (of: (sums: UsageSums) => number) => ({ now: of(now), before: of(before) });
  const byte = now.averageFirstByteMs;
  const errorShare = now.requests === 0 ? 0 : now.errors / now.requests;
  return (
    <>
      <Stat
        label={t("stats.charge")}
        value={<Money micro={now.chargeMicroUsd} />}
        change={change(MEASURE_OF.cost)}
      />
      <Stat
        label={t("stats.requests")}
        value={format.compact(now.requests)}
        change={change(MEASURE_OF.requests)}
      />
      <Stat
        label={t("stats.tokens")}
        value={<Tokens count={MEASURE_OF.tokens(now)} />}
        change={change(MEASURE_OF.tokens)}
      />
      <Stat
        label={t("stats.cacheHits")}
        value={format.share(cacheShare(now))}
        change={change(cacheShare)}
        welcome="up"
      />
      <Stat
        label={t("stats.errors")}
        value={
          <>
            {format.compact(now.errors)}{" "}
            <span className="font-normal text-base text-ink-muted">{format.share(errorShare)}</span>
          </>
        }
        change={change(MEASURE_OF.errors)}
        welcome="down"
      />
      <Stat
        label={t("stats.firstByte")}
        value={byte === null ? "–" : format.duration(byte)}
        change={change((sums) => sums.averageFirstByteMs ?? 0)}
        welcome="down"
      />
    </>
  );
}
