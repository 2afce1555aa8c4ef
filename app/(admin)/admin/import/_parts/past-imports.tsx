"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useUndoImport } from "@/lib/client/hooks/imports";
import { importsQuery } from "@/lib/client/queries/imports";
import type { ImportRun } from "@/lib/contracts/imports";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";

/** The newest imports, each of which can be taken back. */
export function PastImports() {
  const t = useTranslations("adminImport");
  const { data } = useSuspenseQuery(importsQuery);
  return (
    <Card title={t("past")} purpose={t("pastPurpose")}>
      {data.length === 0 ? <p className="text-ink-muted">{t("pastEmpty")}</p> : null}
      <ul>
        {data.map((run) => (
          <PastImport key={run.id} run={run} />
        ))}
      </ul>
    </Card>
  );
}

function PastImport({ run }: { run: ImportRun }) {
  const t = useTranslations("adminImport");
  const failureText = useFailureText();
  const undo = useUndoImport();
  const { items } = run.report;
  const made = items.filter(({ action }) => action === "create").length;
  const takeBack = async () => {
    try {
      const { removed, kept } = await undo.mutateAsync(run.id);
      toast.done(t("undoneToast", { removed, kept: kept.length }));
    } catch (error) {
      toast.failed(failureText(error));
    }
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-line border-b py-3 first:pt-0 last:border-b-0 last:pb-0">
      <div className="min-w-0">
        <p className="break-words font-medium">{run.label || run.source}</p>
        <p className="text-ink-muted text-sm">
          <Ago at={run.at} /> {run.by ? t("by", { name: run.by }) : null}
          {" · "}
          {t("pastLine", { made, skipped: items.length - made })}
        </p>
      </div>
      {run.undoneAt ? <Badge>{t("undone")}</Badge> : null}
      {!run.undoneAt && made > 0 ? (
        <ConfirmDialog
          title={t("undoTitle")}
          body={t("undoBody")}
          verb={t("undo")}
          onConfirm={takeBack}
          trigger={<Button>{t("undo")}</Button>}
        />
      ) : null}
    </li>
  );
}
