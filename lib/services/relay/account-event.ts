import type { AccountState } from "../../relay/model";
import type { AccountReport } from "../../relay/ports";
import { newId } from "../../shared/ids";
import type { AccountEventMessage } from "../usage/messages";

const EVIDENCE_LENGTH = 500;

/** The entry that a report leaves in its account's history; null when nothing worth one happened. */
export function accountEvent(
  report: AccountReport,
  before: AccountState,
  after: AccountState,
  nowMs: number,
): AccountEventMessage | null {
  if (report.kind === "served") {
    // Announced once: a success on a calm account is no news.
    if (before.failuresInARow === 0) return null;
    return {
      ...entryOf(report.accountId, nowMs),
      kind: "recovered",
      code: "",
      status: null,
      evidence: "",
      untilMs: null,
      stopped: null,
    };
  }
  if (before === after) return null;
  const { error, family } = report;
  const limitedUntilMs = family === null ? undefined : after.limitedFamilies[family];
  return {
    ...entryOf(report.accountId, nowMs),
    kind: kindOf(after, limitedUntilMs),
    code: error.code,
    status: error.detail.status ?? null,
    evidence: evidenceOf(report),
    untilMs: limitedUntilMs ?? after.coolingUntilMs,
    stopped: after.stopped,
  };
}

function entryOf(accountId: string, atMs: number) {
  return { id: `evt_${newId("request").slice(4)}`, accountId, atMs };
}

function kindOf(after: AccountState, limitedUntilMs: number | undefined) {
  if (after.stopped) return "stopped";
  return limitedUntilMs === undefined ? "cooling" : "limited";
}

function evidenceOf({ error, family }: Extract<AccountReport, { kind: "failed" }>): string {
  const text = family === null ? error.message : `${family}: ${error.message}`;
  return text.slice(0, EVIDENCE_LENGTH);
}
