import { NO_USAGE, type Usage } from "../model";

/** ASCII characters per token in English text and code, rounded down in nobody's favour. */
const WEIGHT_PER_TOKEN = 4;
/** A request body is JSON with its quotes and escapes: about this many bytes to a token. */
const BODY_BYTES_PER_TOKEN = 4;

/** Tokens of delivered text: its weight (see `Meter.deliveredChars`) by four, rounded up. */
export function tokensOfText(weight: number): number {
  return Math.ceil(weight / WEIGHT_PER_TOKEN);
}

/** Rough count of a body's input tokens, for answers made without an upstream. */
export function tokensOfBody(bodyBytes: number): number {
  return Math.ceil(bodyBytes / BODY_BYTES_PER_TOKEN);
}

/**
 * Usage of an answer that did not reach its end: what was stated stands, except that output is at
 * least what was delivered (a stream states a placeholder at its start). When nothing was stated,
 * input is counted from the body. Input of an answer that never began is not known to be billed.
 */
export function estimateUsage(
  stated: Usage | null,
  deliveredWeight: number,
  bodyBytes: number,
): Usage {
  const delivered = tokensOfText(deliveredWeight);
  if (!stated) return { ...NO_USAGE, input: tokensOfBody(bodyBytes), output: delivered };
  return {
    ...stated,
    input: stated.input ?? tokensOfBody(bodyBytes),
    output: Math.max(stated.output ?? 0, delivered),
  };
}
