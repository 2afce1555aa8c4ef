const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
/** Less of a window than this says nothing about the rest. */
const LEAST_SHARE = 0.05;

export interface WindowFacts {
  /** Begins with its length: "5h", "7d_opus". */
  name: string;
  usedPercent: number;
  seenAtMs: number;
  resetsAtMs: number | null;
}

export interface QuotaForecast {
  /** Percent at the reset if it goes on as since the window began. */
  atResetPercent: number;
  /** When 100 % is reached at that pace; null when the reset comes before. */
  fullAtMs: number | null;
}

/**
 * How a quota window will end if it is used on as it was since it began. null where its length or reset is not
 * known, or where too little of it has passed.
 */
export function quotaForecast({
  name,
  usedPercent,
  seenAtMs,
  resetsAtMs,
}: WindowFacts): QuotaForecast | null {
  const lengthMs = lengthOf(name);
  if (lengthMs === null || resetsAtMs === null || seenAtMs >= resetsAtMs) return null;
  const beganMs = resetsAtMs - lengthMs;
  const passed = (seenAtMs - beganMs) / lengthMs;
  if (passed < LEAST_SHARE || usedPercent <= 0) return null;
  const atResetPercent = usedPercent / passed;
  const fullAtMs = beganMs + (100 / atResetPercent) * lengthMs;
  return { atResetPercent, fullAtMs: atResetPercent > 100 ? Math.max(fullAtMs, seenAtMs) : null };
}

function lengthOf(name: string): number | null {
  const [, count = "", unit = ""] = /^(\d+)([hd])/.exec(name) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? null : Number(count) * unitMs;
}
