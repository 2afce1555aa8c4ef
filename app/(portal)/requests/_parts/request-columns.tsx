"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RequestRow } from "@/lib/contracts/requests";
import { isFace } from "@/lib/shared/faces";
import { useFormat } from "@/lib/ui/format/use-format";
import { Ago } from "@/lib/ui/primitives/ago";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { Money } from "@/lib/ui/primitives/money";
import { Tokens } from "@/lib/ui/primitives/tokens";
import { OutcomeChip } from "./outcome-chip";
import { RequestMarks } from "./request-marks";

type Column = DataColumn<RequestRow>;

/** The columns of a log of requests, for the whole log and for the short list of the overview. */
export function useRequestColumns(): readonly Column[] {
  const first = useStoryColumns();
  const last = useNumberColumns();
  return useMemo(() => [...first, ...last], [first, last]);
}

function useStoryColumns(): readonly Column[] {
  const t = useTranslations("requests");
  return useMemo<Column[]>(
    () => [
      {
        id: "when",
        header: t("columns.when"),
        fixed: true,
        cell: (row) => <Ago at={row.startedAt} />,
      },
      { id: "model", header: t("columns.model"), fixed: true, cell: (row) => <Model row={row} /> },
      {
        id: "outcome",
        header: t("columns.outcome"),
        wideOnly: true,
        cell: (row) => <OutcomeChip row={row} />,
      },
      {
        id: "key",
        header: t("columns.key"),
        wideOnly: true,
        className: "max-w-40 truncate",
        cell: (row) => row.key?.name ?? <span className="text-ink-muted">{t("noKey")}</span>,
      },
    ],
    [t],
  );
}

function useNumberColumns(): readonly Column[] {
  const t = useTranslations("requests.columns");
  const faces = useTranslations("keys.form.faceNames");
  const format = useFormat();
  return useMemo<Column[]>(() => {
    const end = { align: "end" } as const;
    const ms = (value: number | null) => (value === null ? "–" : format.duration(value));
    return [
      {
        id: "input",
        header: t("input"),
        ...end,
        wideOnly: true,
        cell: (row) => <Tokens count={allInput(row)} />,
      },
      {
        id: "output",
        header: t("output"),
        ...end,
        wideOnly: true,
        cell: (row) => <Tokens count={row.outputTokens} />,
      },
      {
        id: "charge",
        header: t("charge"),
        ...end,
        cell: (row) => <Money micro={row.chargeMicroUsd} />,
      },
      {
        id: "firstByte",
        header: t("firstByte"),
        ...end,
        wideOnly: true,
        cell: (row) => ms(row.firstByteMs),
      },
      {
        id: "duration",
        header: t("duration"),
        ...end,
        wideOnly: true,
        cell: (row) => ms(row.durationMs),
      },
      { id: "status", header: t("status"), ...end, hidden: true, cell: (row) => row.status },
      { id: "attempts", header: t("attempts"), ...end, hidden: true, cell: (row) => row.attempts },
      {
        id: "client",
        header: t("client"),
        hidden: true,
        className: "max-w-48 truncate font-mono",
        cell: (row) => row.client ?? "–",
      },
      {
        id: "face",
        header: t("face"),
        hidden: true,
        cell: ({ face }) => (isFace(face) ? faces(face) : face),
      },
    ];
  }, [t, faces, format]);
}

function Model({ row }: { row: RequestRow }) {
  const t = useTranslations("requests");
  const { model, sentModel } = row;
  return (
    <div className="flex min-w-24 max-w-36 flex-col gap-0.5 py-1 sm:max-w-72">
      <span className="flex items-center gap-1.5">
        <code className="truncate font-mono">{model}</code>
        <span className="hidden md:contents">
          <RequestMarks row={row} />
        </span>
      </span>
      {sentModel && sentModel !== model ? (
        <span className="truncate text-ink-muted text-xs">{t("sentAs", { model: sentModel })}</span>
      ) : null}
      <span className="flex flex-wrap gap-1 md:hidden">
        <OutcomeChip row={row} />
        <RequestMarks row={row} />
      </span>
    </div>
  );
}

/** All that went in, cached or not. */
export function allInput(row: RequestRow): number {
  return row.inputTokens + row.cacheReadTokens + row.cacheWriteTokens;
}
