/** Retries may be at most one for so many requests, beyond a small reserve for quiet times. */
const REQUESTS_PER_RETRY = 5;
const RESERVE = 10;

/**
 * Keeps retries at 20 % of traffic or less, so that a failing upstream is not hit many times over:
 * each request earns a fifth of a retry, and at most ten are saved up.
 */
export function createRetryBudget() {
  let tokens = RESERVE;
  return {
    earn() {
      tokens = Math.min(RESERVE, tokens + 1 / REQUESTS_PER_RETRY);
    },
    /** Takes one retry; false when there is none left. */
    take(): boolean {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
