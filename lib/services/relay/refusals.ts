import type { ConcurrencyLimit, RateLimit, SpendLimit } from "../../relay/model";
import { AppError } from "../../shared/errors";
import { divideRounded } from "../../shared/money";

const MICRO_PER_CENT = 10_000n;

/** Refusal of a request that would be one too many at a time: 429, soon worth another try. */
export function concurrencyRefusal(limit: ConcurrencyLimit, used: number): AppError {
  return new AppError(
    "limit_reached",
    `${limit.name} reached: ${used} of ${limit.limit} requests are running.`,
    {
      retryAfterSeconds: 1,
      limit: {
        name: limit.name,
        value: limit.limit,
        used,
        unit: "concurrent",
        resetsAtMs: null,
      },
    },
  );
}

/** Refusal of a request beyond a window's count: 429 with the moment at which the window ends. */
export function rateRefusal(
  limit: RateLimit,
  used: number,
  resetsAtMs: number,
  nowMs: number,
): AppError {
  const waitMs = Math.max(resetsAtMs - nowMs, 1);
  return new AppError(
    "limit_reached",
    `${limit.name} reached: ${used} of ${limit.requests} requests in ${duration(limit.windowSeconds * 1000)}. Resets in ${duration(waitMs)}.`,
    {
      retryAfterSeconds: Math.ceil(waitMs / 1000),
      limit: { name: limit.name, value: limit.requests, used, unit: "requests", resetsAtMs },
    },
  );
}

export interface SpendUse {
  spentMicroUsd: number;
  heldMicroUsd: number;
  /** 0 when the limit never resets. */
  resetsAtMs: number;
  nowMs: number;
  timeZone: string;
}

/** Refusal for money: 402, so that no client repeats it by itself. */
export function spendRefusal(limit: SpendLimit, reserve: bigint, use: SpendUse): AppError {
  const spent = BigInt(use.spentMicroUsd);
  const reached = spent >= limit.limitMicroUsd;
  const first = reached
    ? `${limit.name} of ${usd(limit.limitMicroUsd)} reached (${usd(spent)} used).`
    : `${limit.name} of ${usd(limit.limitMicroUsd)} does not cover this request: ${usd(spent)} used, ${usd(BigInt(use.heldMicroUsd))} held by running requests, up to ${usd(reserve)} needed.`;
  return new AppError("budget_exhausted", `${first}${resetSentence(use)}`, {
    shouldRetry: false,
    limit: {
      name: limit.name,
      value: Number(limit.limitMicroUsd),
      used: use.spentMicroUsd,
      unit: "micro-usd",
      resetsAtMs: use.resetsAtMs || null,
    },
  });
}

/** The shortest clear words for a time to come, rounded up: "3 h 12 min". */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function resetSentence({ resetsAtMs, nowMs, timeZone }: SpendUse): string {
  if (resetsAtMs === 0) return "";
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  const wait = duration(resetsAtMs - nowMs);
  return ` Resets at ${clock.format(resetsAtMs)} ${timeZone}, in ${wait}.`;
}

/** Dollars with cents, or with as many digits as small amounts need. */
function usd(micro: bigint): string {
  if (micro !== 0n && micro > -MICRO_PER_CENT && micro < MICRO_PER_CENT) {
    return `$${(Number(micro) / 1_000_000).toFixed(6).replace(/0+$/, "")}`;
  }
  return `$${(Number(divideRounded(micro, MICRO_PER_CENT)) / 100).toFixed(2)}`;
}
