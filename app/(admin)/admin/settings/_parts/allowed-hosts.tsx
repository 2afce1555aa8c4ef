"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useRemoveAllowedHost } from "@/lib/client/hooks/settings";
import { allowedHostsQuery } from "@/lib/client/queries/settings";
import type { AllowedHost } from "@/lib/contracts/settings";
import { Ago } from "@/lib/ui/primitives/ago";
import { Button } from "@/lib/ui/primitives/button";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { AllowHostForm } from "./allow-host-form";

/** The private addresses that accounts may reach, exactly by host and port. */
export function AllowedHosts() {
  const t = useTranslations("adminSettings.hosts");
  const { data: hosts } = useSuspenseQuery(allowedHostsQuery);
  const columns = useColumns();
  return (
    <section id="allowed-hosts" className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-col gap-0.5">
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <p className="text-ink-muted text-sm">{t("purpose")}</p>
        <p className="text-ink-muted text-sm">{t("rule")}</p>
      </header>
      <AllowHostForm />
      <DataTable
        label={t("title")}
        rows={hosts}
        rowId={(host) => host.hostPort}
        rowName={(host) => host.hostPort}
        columns={columns}
        empty={<p className="p-5 text-ink-muted">{t("empty")}</p>}
      />
    </section>
  );
}

function useColumns(): readonly DataColumn<AllowedHost>[] {
  const t = useTranslations("adminSettings.hosts");
  return useMemo<DataColumn<AllowedHost>[]>(
    () => [
      {
        id: "hostPort",
        header: t("columns.hostPort"),
        fixed: true,
        sortBy: ({ hostPort }) => hostPort,
        cell: ({ hostPort }) => <code className="break-all font-mono">{hostPort}</code>,
      },
      {
        id: "note",
        header: t("columns.note"),
        wideOnly: true,
        className: "max-w-72 truncate",
        cell: ({ note }) => note || "–",
      },
      {
        id: "added",
        header: t("columns.added"),
        wideOnly: true,
        sortBy: ({ addedAt }) => addedAt,
        cell: ({ addedAt, addedBy }) => (
          <span className="whitespace-nowrap">
            <Ago at={addedAt} />
            {addedBy ? (
              <span className="ms-1.5 text-ink-muted">{t("by", { name: addedBy })}</span>
            ) : null}
          </span>
        ),
      },
      {
        id: "deeds",
        header: t("columns.deeds"),
        quietHead: true,
        fixed: true,
        align: "end",
        cell: ({ hostPort }) => <Remove hostPort={hostPort} />,
      },
    ],
    [t],
  );
}

function Remove({ hostPort }: { hostPort: string }) {
  const t = useTranslations("adminSettings.hosts");
  const failureText = useFailureText();
  const remove = useRemoveAllowedHost();
  return (
    <ConfirmDialog
      title={t("removeTitle", { hostPort })}
      body={t("removeBody")}
      verb={t("remove")}
      trigger={<Button size="sm">{t("remove")}</Button>}
      onConfirm={() =>
        remove.mutateAsync(hostPort).then(
          () => toast.done(t("removed", { hostPort })),
          (error: unknown) => toast.failed(failureText(error)),
        )
      }
    />
  );
}
