"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AttemptStory } from "@/lib/contracts/requests";
import { useWhen } from "@/lib/ui/format/use-when";
import { Badge } from "@/lib/ui/primitives/badge";
import { Card } from "@/lib/ui/primitives/card";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";
import { useExclusionWords } from "./use-exclusion-words";

type Decision = AttemptStory["decision"];

/** Every account that was looked at for each attempt, with its score or the reason against it. */
export function ChoiceTables({ attempts }: { attempts: readonly AttemptStory[] }) {
  const t = useTranslations("adminRequests");
  const story = useTranslations("requests.story");
  const strategyOf = useStrategyWords();
  const decided = attempts.filter(({ decision }) => decision.accounts.length > 0);
  if (decided.length === 0) return null;
  return (
    <Card title={t("choice")} purpose={t("choicePurpose")}>
      <div className="flex flex-col gap-6">
        {decided.map(({ attempt, decision }) => (
          <div key={attempt} className="flex flex-col gap-2">
            <h3 className="font-medium">
              {story("decisionOf", { number: String(attempt) })}
              <span className="ms-2 font-normal text-ink-muted text-sm">
                {strategyOf(decision.strategy)}
              </span>
            </h3>
            <ChoiceTable
              decision={decision}
              label={story("decisionOf", { number: String(attempt) })}
            />
          </div>
        ))}
        <p className="text-ink-muted text-sm">{t("scoreHelp")}</p>
      </div>
    </Card>
  );
}

function ChoiceTable({ decision, label }: { decision: Decision; label: string }) {
  const t = useTranslations("adminRequests");
  return (
    <ScrollRegion label={label} className="overflow-x-auto rounded-md">
      <table className="w-full table-fixed text-sm">
        <thead>
          <tr className="border-line border-b text-ink-muted">
            <th className="py-2 text-start font-medium">{t("account")}</th>
            <th className="w-2/5 py-2 ps-4 text-start font-medium">{t("result")}</th>
            <th className="py-2 ps-4 text-end font-medium">{t("score")}</th>
          </tr>
        </thead>
        <tbody>
          {decision.accounts.map((account) => (
            <Row key={account.id} account={account} strategy={decision.strategy} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface RowProps {
  account: Decision["accounts"][number];
  strategy: string;
}

function Row({ account, strategy }: RowProps) {
  const t = useTranslations("adminRequests");
  const scoreOf = useScoreWords();
  const reasonOf = useExclusionWords();
  const { id, name, reason, score, chosen } = account;
  const result = reason === null ? t("considered") : reasonOf(reason);
  return (
    <tr className="border-line border-b last:border-b-0">
      <td className="py-2">
        <Link href={`/admin/accounts/${id}`} className="text-accent-text hover:underline">
          {name}
        </Link>
      </td>
      <td className="py-2 ps-4">
        {chosen ? <Badge tone="good">{t("chosen")}</Badge> : <span>{result}</span>}
      </td>
      <td className="py-2 ps-4 text-end text-ink-muted">{scoreOf(strategy, score)}</td>
    </tr>
  );
}

const LRU = "priority-lru";

function useStrategyWords(): (strategy: string) => string {
  const t = useTranslations("adminSettings.strategies");
  return (strategy) =>
    strategy === LRU || strategy === "weighted" || strategy === "score"
      ? t(`${strategy}.label`)
      : strategy;
}

/** What was compared. The second part of a score by last use is a moment, 0 for never. */
function useScoreWords(): (strategy: string, score: readonly number[]) => string {
  const t = useTranslations("adminRequests");
  const when = useWhen();
  return (strategy, score) => {
    const [priority, usedAtMs] = score;
    if (priority === undefined) return "–";
    if (strategy !== LRU || usedAtMs === undefined) {
      return score.map((part) => Number(part.toFixed(3))).join(" · ");
    }
    return t(usedAtMs === 0 ? "scoreUnused" : "scoreUsed", {
      priority: String(priority),
      time: when.clock(usedAtMs),
    });
  };
}
