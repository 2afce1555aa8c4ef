const HOUR_MS = 3_600_000;

/** The last 24 hours, ending with the hour that runs, so that its bars are whole. */
export function lastDay(nowMs: number): { from: string; to: string } {
  const endMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  return {
    from: new Date(endMs - 24 * HOUR_MS).toISOString(),
    to: new Date(endMs).toISOString(),
  };
}
