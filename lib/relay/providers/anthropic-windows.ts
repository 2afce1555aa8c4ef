import { type AnswerHeaders, headerNumber, type QuotaWindow } from "./quota-window";

const UNIFIED = /^anthropic-ratelimit-unified-([a-z0-9_]+)-utilization$/;
const PER_MINUTE = ["requests", "tokens", "input-tokens", "output-tokens"];

/**
 * Quota windows in the headers of an answer: the unified ones of subscriptions (`5h`, `7d`, with a class
 * of models behind: `7d_opus`), and the buckets of API keys.
 * @see https://docs.anthropic.com/en/api/rate-limits#response-headers
 */
export function anthropicWindows(headers: AnswerHeaders): QuotaWindow[] {
  const windows: QuotaWindow[] = [];
  for (const header of Object.keys(headers)) {
    const name = UNIFIED.exec(header)?.[1];
    const used = name === undefined ? null : headerNumber(headers, header);
    if (name === undefined || used === null) continue;
    const resetSeconds = headerNumber(headers, `anthropic-ratelimit-unified-${name}-reset`);
    windows.push({
      name,
      usedPercent: used * 100,
      status: headers[`anthropic-ratelimit-unified-${name}-status`] ?? "",
      resetsAtMs: resetSeconds === null ? null : resetSeconds * 1_000,
    });
  }
  return windows.length > 0 ? windows : buckets(headers);
}

function buckets(headers: AnswerHeaders): QuotaWindow[] {
  return PER_MINUTE.flatMap((name) => {
    const limit = headerNumber(headers, `anthropic-ratelimit-${name}-limit`);
    const left = headerNumber(headers, `anthropic-ratelimit-${name}-remaining`);
    if (limit === null || left === null || limit <= 0) return [];
    const resetsAtMs = Date.parse(headers[`anthropic-ratelimit-${name}-reset`] ?? "");
    return [
      {
        name,
        usedPercent: ((limit - left) / limit) * 100,
        status: "",
        resetsAtMs: Number.isNaN(resetsAtMs) ? null : resetsAtMs,
      },
    ];
  });
}
