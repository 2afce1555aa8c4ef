"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { AuditEntry } from "@/lib/contracts/audit";

/** The kinds of object that changes are recorded of. */
export const KINDS = [
  "account",
  "allowed-host",
  "key",
  "settings",
  "token",
  "user",
  "session",
  "invitation",
  "group",
  "notification-channel",
  "import",
  "pool",
] as const;

/** An entry's actor, object kind and number of fields in the reader's words. */
export function useAuditWords() {
  const t = useTranslations("adminAudit");
  return useMemo(
    () => ({
      actor: ({ actor, actorKind }: AuditEntry) => actor?.name ?? t(`actors.${actorKind}`),
      kind: (kind: string) => t(`kinds.${KINDS.find((known) => known === kind) ?? "other"}`),
      fields: (entry: AuditEntry) => t("fields", { count: fieldsOf(entry).length }),
    }),
    [t],
  );
}

/** The names of the fields that a change touched. */
export function fieldsOf({ before, after }: AuditEntry): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
}
