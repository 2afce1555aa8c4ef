"use client";
import { useTranslations } from "next-intl";
import type { AttemptStory } from "@/lib/contracts/requests";
import { Badge } from "@/lib/ui/primitives/badge";
import { Card } from "@/lib/ui/primitives/card";

type Decision = AttemptStory["decision"];

interface StoryDecisionProps {
  attempts: readonly AttemptStory[];
  /** Of a conversation: without an account so far, it is a new one. */
  inSession: boolean;
}

/** Why each attempt went where it went, in words. */
export function StoryDecision({ attempts, inSession }: StoryDecisionProps) {
  const t = useTranslations("requests.story");
  return (
    <Card title={t("decision")} purpose={t("decisionPurpose")}>
      <ol className="flex flex-col gap-5">
        {attempts.map(({ attempt, decision }) => (
          <li key={attempt} className="flex flex-col gap-1.5">
            {attempts.length > 1 ? (
              <h3 className="font-medium">{t("decisionOf", { number: String(attempt) })}</h3>
            ) : null}
            <Words decision={decision} inSession={inSession} />
            <Accounts decision={decision} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Words({ decision, inSession }: { decision: Decision; inSession: boolean }) {
  const t = useTranslations("requests.story");
  const reasonOf = useReasons();
  const { bound, candidates, excluded } = decision;
  const sticky = decision.sticky === "none" && inSession ? "miss" : decision.sticky;
  return (
    <ul className="flex list-disc flex-col gap-1 ps-5 marker:text-ink-faint">
      {bound ? <li>{t("bound")}</li> : null}
      <li>{t("candidates", { count: candidates })}</li>
      {isSticky(sticky) ? <li>{t(`sticky.${sticky}`)}</li> : null}
      {Object.entries(excluded).map(([reason, count]) => (
        <li key={reason}>{t("excludedLine", { count, reason: reasonOf(reason) })}</li>
      ))}
    </ul>
  );
}

/** Account by account; the answer holds it for admins only. */
function Accounts({ decision }: { decision: Decision }) {
  const t = useTranslations("requests.story");
  const reasonOf = useReasons();
  if (decision.accounts.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="w-fit cursor-pointer text-accent-text">{t("accountsTitle")}</summary>
      <ul className="mt-2 flex flex-col gap-1.5">
        {decision.accounts.map(({ id, name, reason, chosen }) => (
          <li key={id} className="flex flex-wrap items-center gap-2">
            <span>{name}</span>
            {chosen ? <Badge tone="good">{t("chosen")}</Badge> : null}
            {reason ? <span className="text-ink-muted">{reasonOf(reason)}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

const STICKY = ["hit", "miss", "left", "none"] as const;
const isSticky = (text: string): text is (typeof STICKY)[number] =>
  STICKY.some((one) => one === text);

const REASONS = [
  "disabled",
  "not-schedulable",
  "draining",
  "stopped",
  "cooling",
  "family-limited",
  "model-unsupported",
  "protocol-unreachable",
  "no-consent",
  "not-bound",
  "plan-expired",
  "concurrency-full",
  "tried",
] as const;

function useReasons(): (reason: string) => string {
  const t = useTranslations("requests.story.excluded");
  return (reason) => t(REASONS.find((one) => one === reason) ?? "other");
}
