"use client";
import { useTranslations } from "next-intl";
import type { RequestRow } from "@/lib/contracts/requests";
import { StateChip } from "@/lib/ui/primitives/state-chip";
import type { Tone } from "@/lib/ui/primitives/tones";
import { useFailureWords } from "./failure-words";

export const OUTCOMES = ["complete", "refused", "failed", "left", "cut"] as const;

export const OUTCOME_TONES: Record<RequestRow["outcome"], Tone> = {
  complete: "good",
  refused: "warn",
  failed: "bad",
  left: "idle",
  cut: "bad",
};

interface OutcomeChipProps {
  row: Pick<RequestRow, "outcome" | "status" | "failure">;
}

/** How a request ended, with the reason one hover away. */
export function OutcomeChip({ row }: OutcomeChipProps) {
  const { outcome, status, failure } = row;
  const t = useTranslations("requests");
  const words = useFailureWords()(failure);
  const what = t(`outcomeReasons.${outcome}`, { status: String(status) });
  // Most requests end well: a chip that needs no explanation takes no place in the tab order.
  const reason = outcome === "complete" ? null : [words?.title, what].filter(Boolean).join(". ");
  return (
    <StateChip tone={OUTCOME_TONES[outcome]} label={t(`outcomes.${outcome}`)} reason={reason} />
  );
}
