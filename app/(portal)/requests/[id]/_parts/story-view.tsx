"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RequestStory } from "@/lib/contracts/requests";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { Meter } from "@/lib/ui/primitives/meter";
import { Notice } from "@/lib/ui/primitives/notice";
import { useFailureWords } from "../../_parts/failure-words";
import { OUTCOME_TONES } from "../../_parts/outcome-chip";
import { StoryBill } from "./story-bill";
import { StoryDecision } from "./story-decision";
import { StoryFacts } from "./story-facts";
import { StoryTimeline } from "./story-timeline";

interface StoryViewProps {
  story: RequestStory;
  /** Where other requests open: the member's log or the admin's. */
  base: string;
}

/** One request from its arrival to its price; for admins with the identities of the accounts. */
export function StoryView({ story, base }: StoryViewProps) {
  const t = useTranslations("requests.story");
  return (
    <>
      <WhyNot story={story} />
      <OtherHops story={story} base={base} />
      <StoryFacts request={story.request} base={base} />
      <Card title={t("timeline")} purpose={t("timelinePurpose")}>
        <StoryTimeline story={story} />
      </Card>
      <StoryBill story={story} />
      {story.attempts.length > 0 ? (
        <StoryDecision attempts={story.attempts} inSession={story.request.session !== null} />
      ) : null}
      <LimitsNow story={story} />
    </>
  );
}

/** Why it was refused or failed, in the reader's terms, with the words that the client was given. */
function WhyNot({ story }: { story: RequestStory }) {
  const t = useTranslations("requests.story");
  const { outcome, failure } = story.request;
  const words = useFailureWords()(failure);
  if (!words) return null;
  return (
    <Notice tone={OUTCOME_TONES[outcome]} title={words.title}>
      <p>{words.advice}</p>
      {story.failureMessage ? (
        <p className="mt-2">
          {t.rich("toldClient", {
            message: story.failureMessage,
            quote: (message) => <q className="text-ink">{message}</q>,
          })}
        </p>
      ) : null}
    </Notice>
  );
}

function OtherHops({ story, base }: StoryViewProps) {
  const t = useTranslations("requests.story");
  const { firstHop } = story;
  return (
    <>
      {story.request.passThroughOf ? (
        <Notice
          action={
            firstHop ? (
              <Button asChild size="sm">
                <Link href={`${base}/${firstHop}`}>{t("openOther")}</Link>
              </Button>
            ) : null
          }
        >
          {t("passThroughOf")}
        </Notice>
      ) : null}
      {story.passThroughs.length > 0 ? (
        <Card title={t("passThroughs")} purpose={t("passThroughsPurpose")}>
          <ul className="flex flex-col gap-2">
            {story.passThroughs.map(({ id, model }) => (
              <li key={id} className="flex flex-wrap gap-x-3">
                <Link
                  href={`${base}/${id}`}
                  className="break-all font-mono text-accent-text text-sm hover:underline"
                >
                  {id}
                </Link>
                <code className="font-mono text-ink-muted text-sm">{model}</code>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function LimitsNow({ story }: { story: RequestStory }) {
  const t = useTranslations("requests.story");
  const periods = useTranslations("keys.periods");
  const limited = story.limits.flatMap((limit) =>
    limit.limitMicroUsd === null ? [] : [{ ...limit, limitMicroUsd: limit.limitMicroUsd }],
  );
  return (
    <Card title={t("limits")} purpose={t("limitsPurpose")}>
      {limited.length === 0 ? (
        <p className="text-ink-muted">{t("noLimits")}</p>
      ) : (
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          {limited.map(({ period, spentMicroUsd, limitMicroUsd, resetsAt }) => (
            <Meter
              key={period}
              label={periods(period)}
              used={Number(spentMicroUsd)}
              limit={Number(limitMicroUsd)}
              unit="money"
              resetsAtMs={resetsAt ? Date.parse(resetsAt) : null}
            />
          ))}
        </div>
      )}
    </Card>
  );
}
