"use client";
import { useTranslations } from "next-intl";
import type { Account } from "@/lib/contracts/accounts";
import { useFormat } from "@/lib/ui/format/use-format";
import { useWhen } from "@/lib/ui/format/use-when";
import { StateChip } from "@/lib/ui/primitives/state-chip";
import type { Tone } from "@/lib/ui/primitives/tones";
import { useNowMs } from "@/lib/ui/primitives/use-now";

export type StateKind = Account["state"]["kind"];

export const STATES = [
  "active",
  "cooling",
  "limited",
  "quota-reached",
  "needs-sign-in",
  "blocked",
  "paused",
  "draining",
] as const satisfies readonly StateKind[];

export const STATE_TONES: Record<StateKind, Tone> = {
  active: "good",
  cooling: "warn",
  limited: "warn",
  "quota-reached": "warn",
  "needs-sign-in": "bad",
  blocked: "bad",
  paused: "idle",
  draining: "info",
};

const REASONS = [
  "busy",
  "broken",
  "limited",
  "quota-reached",
  "needs-sign-in",
  "blocked",
  "upstream_denied",
  "upstream_limited",
  "upstream_busy",
  "upstream_broken",
  "upstream_silent",
] as const;

interface AccountStateProps {
  state: Account["state"];
  /** Writes the time that is left beside the state. */
  countdown?: boolean;
}

/** The state of an account with its reason, and how long it lasts. */
export function AccountState({ state, countdown = true }: AccountStateProps) {
  const t = useTranslations("adminAccounts");
  const format = useFormat();
  const now = useNowMs();
  const reason = useStateReason();
  const word = t(`states.${state.kind}`);
  const leftMs = state.until ? Date.parse(state.until) - now : 0;
  const label =
    countdown && leftMs > 0
      ? t("chipUntil", { state: word, time: format.countdown(leftMs) })
      : word;
  return <StateChip tone={STATE_TONES[state.kind]} label={label} reason={reason(state)} />;
}

/** Why an account is in its state, and until when; null when there is nothing to explain. */
export function useStateReason(): (state: Account["state"]) => string | null {
  const t = useTranslations("adminAccounts.reasons");
  const when = useWhen();
  const format = useFormat();
  const now = useNowMs();
  return ({ kind, reason, until, families }) => {
    if (kind === "active") return null;
    if (kind === "paused" || kind === "draining") return t(kind);
    if (kind === "limited") return t("families", { list: when.list(families.map(nameOf)) });
    const why = t(REASONS.find((known) => known === reason) ?? "other");
    const leftMs = until ? Date.parse(until) - now : 0;
    return leftMs > 0 ? t("until", { reason: why, time: format.countdown(leftMs) }) : why;
  };
}

const nameOf = ({ family }: { family: string }) => family;
