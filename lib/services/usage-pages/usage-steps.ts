import { AppError } from "../../shared/errors";
import { periodAt } from "../usage/periods";

const HOUR_MS = 3_600_000;
const MAX_STEPS = 1_500;

/**
 * Beginnings of all steps of a range, without holes. Throws `invalid_request` when they are too many
 * to draw.
 */
export function stepsOf(from: Date, to: Date, step: "hour" | "day", timeZone: string): Date[] {
  const steps: Date[] = [];
  let atMs = startOf(from.getTime(), step, timeZone);
  while (atMs < to.getTime()) {
    steps.push(new Date(atMs));
    if (steps.length > MAX_STEPS) {
      throw new AppError("invalid_request", "This range has too many steps: choose days.", {
        fields: { step: "This range has too many steps: choose days." },
      });
    }
    atMs = step === "hour" ? atMs + HOUR_MS : periodAt("day", atMs, timeZone).toMs;
  }
  return steps;
}

function startOf(atMs: number, step: "hour" | "day", timeZone: string): number {
  if (step === "hour") return Math.floor(atMs / HOUR_MS) * HOUR_MS;
  return periodAt("day", atMs, timeZone).fromMs;
}
