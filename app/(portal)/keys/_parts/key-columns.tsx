"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Key } from "@/lib/contracts/keys";
import { useFormat } from "@/lib/ui/format/use-format";
import { useWhen } from "@/lib/ui/format/use-when";
import { Ago } from "@/lib/ui/primitives/ago";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { Meter } from "@/lib/ui/primitives/meter";
import { Money } from "@/lib/ui/primitives/money";
import { useNowMs } from "@/lib/ui/primitives/use-now";
import { KeyActions } from "./key-actions";
import { budgetsOf, totalSpent } from "./key-budget";
import { KeyState } from "./key-state";

/** The columns of the list of keys. `onEdit` opens the form of one. */
export function useKeyColumns(onEdit: (id: string) => void): readonly DataColumn<Key>[] {
  const t = useTranslations("keys");
  const when = useWhen();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("columns.name"),
        fixed: true,
        sortBy: (key) => key.name,
        className: "max-w-64",
        cell: (key) => (
          <div className="flex min-w-28 max-w-28 flex-col py-1 md:max-w-none">
            <span className="truncate font-medium">{key.name}</span>
            <code className="truncate font-mono text-ink-muted text-xs">{key.start}…</code>
          </div>
        ),
      },
      {
        id: "state",
        header: t("columns.state"),
        sortBy: (key) => key.state,
        cell: (key) => <KeyState apiKey={key} />,
      },
      {
        id: "budget",
        header: t("columns.budget"),
        sortBy: (key) => budgetsOf(key.spend)[0]?.share ?? null,
        className: "w-48",
        wideOnly: true,
        cell: (key) => <Tightest apiKey={key} />,
      },
      {
        id: "resets",
        header: t("columns.resets"),
        wideOnly: true,
        cell: (key) => <Resets apiKey={key} />,
      },
      {
        id: "spent",
        header: t("columns.spent"),
        align: "end",
        sortBy: totalSpent,
        cell: (key) => <Money micro={totalSpent(key)} />,
      },
      {
        id: "lastUsed",
        header: t("columns.lastUsed"),
        wideOnly: true,
        sortBy: (key) => key.lastUsedAt,
        cell: (key) => <LastUsed at={key.lastUsedAt} />,
      },
      {
        id: "expires",
        header: t("columns.expires"),
        hidden: true,
        sortBy: (key) => key.expiresAt,
        cell: (key) => (key.expiresAt ? when.date(key.expiresAt) : "–"),
      },
      {
        id: "created",
        header: t("columns.created"),
        hidden: true,
        sortBy: (key) => key.createdAt,
        cell: (key) => <Ago at={key.createdAt} />,
      },
      {
        id: "deeds",
        header: t("columns.deeds"),
        quietHead: true,
        fixed: true,
        align: "end",
        className: "w-12",
        cell: (key) => <KeyActions apiKey={key} onEdit={() => onEdit(key.id)} />,
      },
    ],
    [t, when, onEdit],
  );
}

function LastUsed({ at }: { at: string | null }) {
  const t = useTranslations("keys");
  return at ? <Ago at={at} /> : <span className="text-ink-muted">{t("neverUsed")}</span>;
}

/** The limit that will refuse first. */
function Tightest({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys.periods");
  const common = useTranslations("common");
  const [budget] = budgetsOf(apiKey.spend);
  if (!budget) return <span className="text-ink-muted">{common("unlimited")}</span>;
  return (
    <Meter dense label={t(budget.period)} used={budget.spent} limit={budget.limit} unit="money" />
  );
}

function Resets({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("keys");
  const format = useFormat();
  const now = useNowMs();
  const [budget] = budgetsOf(apiKey.spend);
  if (!budget) return <span className="text-ink-muted">–</span>;
  const period = t(`periods.${budget.period}`);
  const text =
    budget.resetsAtMs === null
      ? t("neverResets", { period })
      : t("resetsIn", { period, time: format.countdown(budget.resetsAtMs - now) });
  return <span className="whitespace-nowrap text-ink-muted">{text}</span>;
}
