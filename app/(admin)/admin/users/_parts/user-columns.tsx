"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { User } from "@/lib/contracts/users";
import { useFormat } from "@/lib/ui/format/use-format";
import { Ago } from "@/lib/ui/primitives/ago";
import { Avatar } from "@/lib/ui/primitives/avatar";
import { Badge } from "@/lib/ui/primitives/badge";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { Money } from "@/lib/ui/primitives/money";
import { StateChip } from "@/lib/ui/primitives/state-chip";
import type { Tone } from "@/lib/ui/primitives/tones";
import { UserActions } from "./user-actions";

const TONES: Record<User["status"], Tone> = { pending: "warn", active: "good", disabled: "idle" };

/** The columns of the list of users. `onEdit` opens the form of one. */
export function useUserColumns(onEdit: (user: User) => void): readonly DataColumn<User>[] {
  const t = useTranslations("adminUsers");
  return useMemo<DataColumn<User>[]>(
    () => [
      {
        id: "name",
        header: t("columns.name"),
        fixed: true,
        className: "max-w-72",
        cell: (user) => <Person user={user} />,
      },
      {
        id: "role",
        header: t("columns.role"),
        wideOnly: true,
        cell: ({ role }) => (
          <Badge tone={role === "admin" ? "accent" : "idle"}>{t(`roles.${role}`)}</Badge>
        ),
      },
      { id: "status", header: t("columns.status"), cell: ({ status }) => <Status is={status} /> },
      {
        id: "keys",
        header: t("columns.keys"),
        align: "end",
        wideOnly: true,
        cell: ({ keys }) => keys,
      },
      {
        id: "charge",
        header: t("columns.charge"),
        align: "end",
        wideOnly: true,
        cell: ({ monthChargeMicroUsd }) => <Money micro={monthChargeMicroUsd} />,
      },
      {
        id: "limits",
        header: t("columns.limits"),
        wideOnly: true,
        cell: (user) => <Limits user={user} />,
      },
      {
        id: "signIn",
        header: t("columns.signIn"),
        wideOnly: true,
        cell: ({ lastSignInAt }) =>
          lastSignInAt ? (
            <Ago at={lastSignInAt} />
          ) : (
            <span className="text-ink-muted">{t("neverSignedIn")}</span>
          ),
      },
      {
        id: "created",
        header: t("columns.created"),
        hidden: true,
        cell: ({ createdAt }) => <Ago at={createdAt} />,
      },
      {
        id: "deeds",
        header: t("columns.deeds"),
        quietHead: true,
        fixed: true,
        align: "end",
        className: "w-12",
        cell: (user) => <UserActions user={user} onEdit={() => onEdit(user)} />,
      },
    ],
    [t, onEdit],
  );
}

function Person({ user: { name, email } }: { user: User }) {
  return (
    <div className="flex min-w-40 items-center gap-2.5 py-1">
      <span className="hidden sm:contents">
        <Avatar name={name} />
      </span>
      <div className="flex min-w-0 flex-col">
        <span className="truncate font-medium">{name}</span>
        <span className="truncate text-ink-muted text-xs">{email}</span>
      </div>
    </div>
  );
}

function Status({ is }: { is: User["status"] }) {
  const t = useTranslations("adminUsers");
  const reason = is === "active" ? null : t(`statusReasons.${is}`);
  return <StateChip tone={TONES[is]} label={t(`statuses.${is}`)} reason={reason} />;
}

/** The limits over all keys that are set, in few words. */
function Limits({ user }: { user: User }) {
  const t = useTranslations("adminUsers");
  const common = useTranslations("common");
  const format = useFormat();
  const set = [
    ["day", user.dailyLimitMicroUsd],
    ["week", user.weeklyLimitMicroUsd],
    ["month", user.monthlyLimitMicroUsd],
    ["total", user.totalLimitMicroUsd],
  ] as const;
  const words = set.flatMap(([period, limit]) =>
    limit === null
      ? []
      : [t("limitText", { amount: format.money(limit), period: t(`periods.${period}`) })],
  );
  if (words.length === 0) return <span className="text-ink-muted">{common("unlimited")}</span>;
  return <span className="whitespace-nowrap">{words.join(" · ")}</span>;
}
