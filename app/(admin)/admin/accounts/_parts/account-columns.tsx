"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Account } from "@/lib/contracts/accounts";
import { useFormat } from "@/lib/ui/format/use-format";
import { Ago } from "@/lib/ui/primitives/ago";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { Money } from "@/lib/ui/primitives/money";
import { AccountActions } from "./account-actions";
import { AccountState } from "./account-state";

type Column = DataColumn<Account>;

/** The columns of the list of accounts. `onEdit` opens the form of one. */
export function useAccountColumns(onEdit: (account: Account) => void): readonly Column[] {
  const t = useTranslations("adminAccounts");
  const use = useDayColumns();
  return useMemo<Column[]>(
    () => [
      {
        id: "name",
        header: t("columns.name"),
        fixed: true,
        sortBy: ({ name }) => name,
        className: "max-w-72",
        cell: (account) => <Name account={account} />,
      },
      {
        id: "state",
        header: t("columns.state"),
        fixed: true,
        sortBy: ({ state }) => state.kind,
        cell: ({ state }) => <AccountState state={state} />,
      },
      ...use,
      {
        id: "priority",
        header: t("columns.priority"),
        align: "end",
        wideOnly: true,
        sortBy: ({ priority }) => priority,
        cell: ({ priority }) => priority,
      },
      {
        id: "sharing",
        header: t("columns.sharing"),
        wideOnly: true,
        sortBy: ({ sharing }) => sharing,
        cell: ({ sharing }) => t(`sharing.${sharing}`),
      },
      {
        id: "lastUsed",
        header: t("columns.lastUsed"),
        wideOnly: true,
        sortBy: ({ lastUsedAt }) => lastUsedAt,
        cell: ({ lastUsedAt }) =>
          lastUsedAt ? (
            <Ago at={lastUsedAt} />
          ) : (
            <span className="text-ink-muted">{t("neverUsed")}</span>
          ),
      },
      {
        id: "deeds",
        header: t("columns.deeds"),
        quietHead: true,
        fixed: true,
        align: "end",
        className: "w-12",
        cell: (account) => <AccountActions account={account} onEdit={() => onEdit(account)} />,
      },
    ],
    [t, use, onEdit],
  );
}

/** What an account did in the last 24 hours. */
function useDayColumns(): readonly Column[] {
  const t = useTranslations("adminAccounts.columns");
  const format = useFormat();
  return useMemo<Column[]>(() => {
    const end = { align: "end", wideOnly: true } as const;
    return [
      {
        id: "inFlight",
        header: t("inFlight"),
        ...end,
        sortBy: ({ inFlight }) => inFlight,
        cell: ({ inFlight }) => inFlight,
      },
      {
        id: "requests",
        header: t("requests"),
        ...end,
        sortBy: ({ today }) => today.requests,
        cell: ({ today }) => format.count(today.requests),
      },
      {
        id: "errors",
        header: t("errors"),
        ...end,
        sortBy: ({ today }) => today.errors,
        cell: ({ today }) => format.count(today.errors),
      },
      {
        id: "cost",
        header: t("cost"),
        ...end,
        sortBy: ({ today }) => BigInt(today.costMicroUsd),
        cell: ({ today }) => <Money micro={today.costMicroUsd} />,
      },
      {
        id: "firstByte",
        header: t("firstByte"),
        ...end,
        hidden: true,
        sortBy: ({ today }) => today.averageFirstByteMs,
        cell: ({ today: { averageFirstByteMs: ms } }) => (ms === null ? "–" : format.duration(ms)),
      },
    ];
  }, [t, format]);
}

function Name({ account }: { account: Account }) {
  return (
    <div className="flex min-w-32 max-w-38 flex-col py-1 md:max-w-none">
      <span className="truncate font-medium">{account.name}</span>
      <span className="truncate text-ink-muted text-xs">
        {[account.providerLabel, hostOf(account)].filter(Boolean).join(" · ")}
      </span>
    </div>
  );
}

/** Where an account's requests go, without the path; "" when no setting is an address. */
export function hostOf({ settings }: Pick<Account, "settings">): string {
  const addresses = Object.values(settings).flatMap((value) =>
    typeof value === "string" ? (URL.parse(value) ?? []) : [],
  );
  return addresses[0]?.host ?? "";
}
