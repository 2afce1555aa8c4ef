import type { CallFacts, ModelPrice } from "../model";
import { bucketsAt, type ChargeFactors, chargeOf } from "./cost";

/** Largest output of today's models where a request sets no bound of its own. */
const DEFAULT_OUTPUT_TOKENS = 65_536;

/**
 * Upper bound of what a request can cost. A token is at least one byte, so the body's length bounds
 * the input that it carries, taken at the dearest input bucket; output is bounded by the request, or
 * by the largest that models allow. Input fetched by address (images, documents) and hosted tools
 * lie outside the bound: there a request can pass a limit by itself, once.
 */
export function reservationFor(
  facts: Pick<CallFacts, "bodyBytes" | "maxOutputTokens">,
  price: ModelPrice | null,
  factors: ChargeFactors,
): bigint {
  if (!price) return 0n;
  const { bodyBytes } = facts;
  const at = bucketsAt(price, bodyBytes);
  const read = at.input > at.cacheRead ? at.input : at.cacheRead;
  const written = at.cacheWrite5m > at.cacheWrite1h ? at.cacheWrite5m : at.cacheWrite1h;
  const dearest = read > written ? read : written;
  const output = facts.maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS;
  return chargeOf(BigInt(bodyBytes) * dearest + BigInt(output) * at.output, factors);
}
