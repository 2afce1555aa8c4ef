"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { FileClock, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { auditQuery } from "@/lib/client/queries/settings";
import type { AuditEntry } from "@/lib/contracts/audit";
import { Ago } from "@/lib/ui/primitives/ago";
import { Button } from "@/lib/ui/primitives/button";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { ErrorState } from "@/lib/ui/primitives/error-state";
import { FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { AUDIT_PARAMS, auditFilters } from "./audit-filters";
import { AuditSheet } from "./audit-sheet";
import { KINDS, useAuditWords } from "./audit-words";

/** Who changed what, newest first; a row opens with the fields before and after. */
export function AuditLog() {
  const t = useTranslations("adminAudit");
  const failureText = useFailureText();
  const { values, set } = useUrlState([...AUDIT_PARAMS, "open"]);
  const filters = auditFilters(values);
  const log = useInfiniteQuery({ ...auditQuery(filters), placeholderData: keepPreviousData });
  const rows = log.data?.pages.flatMap((page) => page.items);
  const columns = useColumns();
  const opened = rows?.find(({ id }) => id === values.open);
  if (log.error && !rows) {
    return <ErrorState message={failureText(log.error)} onRetry={() => void log.refetch()} />;
  }
  return (
    <>
      <DataTable
        label={t("title")}
        rows={rows}
        rowId={(entry) => entry.id}
        rowName={(entry) => entry.action}
        columns={columns}
        openId={values.open}
        onOpen={(entry) => set({ open: entry.id })}
        more={{
          hasMore: log.hasNextPage,
          busy: log.isFetchingNextPage,
          onMore: () => void log.fetchNextPage(),
        }}
        tools={<AuditFilterRow />}
        empty={<NoEntries filtered={Object.keys(filters).length > 0} />}
      />
      {opened ? <AuditSheet entry={opened} onClose={() => set({ open: null })} /> : null}
    </>
  );
}

function AuditFilterRow() {
  const t = useTranslations("adminAudit");
  const { values, set } = useUrlState(AUDIT_PARAMS);
  return (
    <Filters
      active={Boolean(values.kind || values.object)}
      onReset={() => set({ kind: null, object: null })}
    >
      <FilterSelect
        label={t("kindFilter")}
        anyLabel={t("anyKind")}
        choices={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={values.kind}
        onChange={(kind) => set({ kind })}
      />
      {values.object ? (
        <Button size="sm" onClick={() => set({ object: null })}>
          {t("onlyObject", { id: values.object.slice(0, 16) })}
          <X aria-hidden="true" />
        </Button>
      ) : null}
    </Filters>
  );
}

function useColumns(): readonly DataColumn<AuditEntry>[] {
  const t = useTranslations("adminAudit");
  const words = useAuditWords();
  return useMemo<DataColumn<AuditEntry>[]>(
    () => [
      { id: "when", header: t("columns.when"), fixed: true, cell: ({ at }) => <Ago at={at} /> },
      {
        id: "actor",
        header: t("columns.actor"),
        className: "max-w-48 truncate",
        cell: (entry) => words.actor(entry),
      },
      {
        id: "action",
        header: t("columns.action"),
        cell: (entry) => (
          <span className="flex flex-col py-1">
            <code className="font-mono">{entry.action}</code>
            <span className="text-ink-muted text-xs">{words.fields(entry)}</span>
          </span>
        ),
      },
      {
        id: "object",
        header: t("columns.object"),
        wideOnly: true,
        cell: (entry) => (
          <span className="flex flex-col py-1">
            <span>{words.kind(entry.objectKind)}</span>
            <code className="truncate font-mono text-ink-muted text-xs">{entry.objectId}</code>
          </span>
        ),
      },
      {
        id: "ip",
        header: t("columns.ip"),
        wideOnly: true,
        cell: ({ ip }) => <span className="font-mono">{ip || "–"}</span>,
      },
    ],
    [t, words],
  );
}

function NoEntries({ filtered }: { filtered: boolean }) {
  const t = useTranslations("adminAudit.empty");
  return (
    <EmptyState
      icon={FileClock}
      title={t(filtered ? "noneTitle" : "title")}
      body={t(filtered ? "noneBody" : "body")}
    />
  );
}
