import { type AnswerHeaders, headerNumber, type QuotaWindow } from "../quota-window";

const KINDS = ["primary", "secondary"] as const;
const MINUTES_OF_DAY = 1_440;

/**
 * The two windows that the Codex backend states with every answer, named by their length.
 * @see https://github.com/openai/codex/blob/main/codex-rs/codex-api/src/rate_limits.rs
 */
export function codexWindows(headers: AnswerHeaders, nowMs: number): QuotaWindow[] {
  return KINDS.flatMap((kind) => {
    const usedPercent = headerNumber(headers, `x-codex-${kind}-used-percent`);
    if (usedPercent === null) return [];
    const minutes = headerNumber(headers, `x-codex-${kind}-window-minutes`);
    const resetsAtMs = resetOf(headers, kind, nowMs);
    return [{ name: nameOf(kind, minutes), usedPercent, status: "", resetsAtMs }];
  });
}

function nameOf(kind: string, minutes: number | null): string {
  if (minutes === null || minutes <= 0) return kind;
  return minutes >= MINUTES_OF_DAY
    ? `${Math.round(minutes / MINUTES_OF_DAY)}d`
    : `${Math.round(minutes / 60)}h`;
}

function resetOf(headers: AnswerHeaders, kind: string, nowMs: number): number | null {
  const atSeconds = headerNumber(headers, `x-codex-${kind}-reset-at`);
  if (atSeconds !== null) return atSeconds * 1_000;
  const afterSeconds = headerNumber(headers, `x-codex-${kind}-reset-after-seconds`);
  return afterSeconds === null ? null : nowMs + afterSeconds * 1_000;
}
