import type { AdmitAnswer } from "../../redis/admit-script";
import type { AdmissionRequest } from "../../relay/ports";
import { AppError } from "../../shared/errors";
import type { KeyPlan } from "./key-plan";
import { concurrencyRefusal, rateRefusal, spendRefusal } from "./refusals";

type Refused = Extract<AdmitAnswer, { kind: "lease" | "rate" | "spend" | "loop" }>;

/** The failure that a refusing answer of the admission script means for the caller. */
export function refusalOf(
  request: AdmissionRequest,
  plan: KeyPlan,
  answer: Refused,
  timeZone: string,
): AppError {
  const { key } = request;
  if (answer.kind === "loop") {
    return new AppError(
      "loop_detected",
      "This request came back to the portal too often: an account that leads back is chosen again on the way.",
      { shouldRetry: false },
    );
  }
  if (answer.kind === "lease") {
    const limit = key.concurrency[answer.index];
    if (limit) return concurrencyRefusal(limit, answer.used);
  }
  if (answer.kind === "rate") {
    const limit = key.rateLimits[answer.index];
    if (limit) return rateRefusal(limit, answer.used, answer.resetsAtMs, answer.nowMs);
  }
  if (answer.kind === "spend") {
    const limit = request.key.spendLimits[answer.index];
    const period = plan.spends.periods[answer.index];
    if (limit && period) {
      return spendRefusal(limit, request.reservationMicroUsd, {
        spentMicroUsd: answer.spent,
        heldMicroUsd: answer.held,
        resetsAtMs: period.toMs,
        nowMs: answer.nowMs,
        timeZone,
      });
    }
  }
  return new AppError("internal", "A limit refused that is not known.");
}

/** What is not a refusal is a store that did not answer: money limits fail closed. */
export function asUnavailable(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    "unavailable",
    "The portal cannot check limits at the moment. Please try again shortly.",
    { retryAfterSeconds: 2 },
    error,
  );
}
