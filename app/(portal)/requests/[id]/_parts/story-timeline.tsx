"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AttemptStory, RequestStory } from "@/lib/contracts/requests";
import { useFormat } from "@/lib/ui/format/use-format";
import { Timeline, type TimelineStep } from "@/lib/ui/primitives/timeline";
import { useFailureWords } from "../../_parts/failure-words";
import { type StoryStep, storySteps } from "./story-steps";

/** The steps of a request, to scale. */
export function StoryTimeline({ story }: { story: RequestStory }) {
  const t = useTranslations("requests.story");
  const detailOf = useDetails(story);
  const steps = storySteps(story).map((step): TimelineStep => {
    const base = { atMs: step.atMs, tone: step.tone, detail: detailOf(step) };
    if (step.kind !== "attempt") return { ...base, id: step.kind, label: t(`steps.${step.kind}`) };
    const number = String(step.attempt.attempt);
    const label = t("steps.attempt", { number });
    return { ...base, id: `attempt-${number}`, label, untilMs: step.untilMs };
  });
  return <Timeline label={t("timeline")} steps={steps} />;
}

function useDetails({ request, failureMessage }: RequestStory) {
  const t = useTranslations("requests.story");
  const outcomes = useTranslations("requests.outcomeReasons");
  const format = useFormat();
  const charge = BigInt(request.chargeMicroUsd);
  return (step: StoryStep): ReactNode => {
    if (step.kind === "attempt") return <AttemptDetail attempt={step.attempt} />;
    const words: Record<typeof step.kind, string | null> = {
      received: t("receivedDetail", {
        model: request.model,
        form: t(request.stream ? "streamed" : "whole"),
      }),
      admitted: t("admittedDetail"),
      firstByte: null,
      refused: failureMessage,
      end: outcomes(request.outcome, { status: String(request.status) }),
      settled:
        charge === 0n
          ? t("settledNothing")
          : t("settledDetail", { charge: format.moneyExact(charge) }),
    };
    return words[step.kind];
  };
}

function AttemptDetail({ attempt }: { attempt: AttemptStory }) {
  const t = useTranslations("requests.story");
  const words = useFailureWords()(attempt.failure);
  const { providerLabel, account, sentModel, reportedModel, status, evidence } = attempt;
  const facts = [
    t("attemptDetail", { provider: account?.name ?? providerLabel, model: sentModel }),
    status === null ? null : t("attemptStatus", { status: String(status) }),
    reportedModel && reportedModel !== sentModel
      ? t("attemptReported", { model: reportedModel })
      : null,
  ];
  return (
    <div className="flex flex-col gap-1">
      <p>{facts.filter(Boolean).join(" · ")}</p>
      {words ? <p className="text-bad">{words.title}</p> : null}
      {evidence ? (
        <details>
          <summary className="w-fit cursor-pointer text-accent-text">{t("evidence")}</summary>
          <pre className="mt-1 max-h-60 overflow-auto whitespace-pre-wrap break-all rounded-md bg-sunken p-3 font-mono text-xs">
            {evidence}
          </pre>
        </details>
      ) : null}
    </div>
  );
}
