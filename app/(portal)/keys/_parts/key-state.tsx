"use client";
import { useTranslations } from "next-intl";
import type { Key } from "@/lib/contracts/keys";
import { useFormat } from "@/lib/ui/format/use-format";
import { useWhen } from "@/lib/ui/format/use-when";
import { StateChip } from "@/lib/ui/primitives/state-chip";
import type { Tone } from "@/lib/ui/primitives/tones";
import { budgetsOf } from "./key-budget";

const TONES: Record<Key["state"], Tone> = {
  live: "good",
  paused: "idle",
  expired: "warn",
  revoked: "bad",
};

/** The state of a key, with since when and why. A live key at its limit says that it refuses. */
export function KeyState({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys");
  const format = useFormat();
  const reason = useReason();
  const reached = budgetsOf(apiKey.spend).find(({ share }) => share >= 1);
  if (apiKey.state === "live" && reached) {
    const why = t("reasons.limit", {
      period: t(`periods.${reached.period}`),
      limit: format.money(reached.limit),
      spent: format.money(reached.spent),
    });
    return <StateChip tone="warn" label={t("limitReached")} reason={why} />;
  }
  return (
    <StateChip
      tone={TONES[apiKey.state]}
      label={t(`states.${apiKey.state}`)}
      reason={reason(apiKey)}
    />
  );
}

function useReason() {
  const t = useTranslations("keys.reasons");
  const { minute: moment } = useWhen();
  return ({ state, pausedAt, expiresAt, revokedAt }: Key): string | null => {
    if (state === "paused" && pausedAt) return t("pausedAt", { at: moment(pausedAt) });
    if (state === "expired" && expiresAt) return t("expiredAt", { at: moment(expiresAt) });
    if (state === "revoked" && revokedAt) return t("revokedAt", { at: moment(revokedAt) });
    return null;
  };
}
