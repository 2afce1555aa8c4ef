"use client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useExportPool } from "@/lib/client/hooks/imports";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { toast } from "@/lib/ui/primitives/toaster";
import { saveFile } from "@/lib/ui/save-file";
import { useFailureText } from "../../../../_parts/use-failure-text";

/** The own pool as a file, with or without its secrets. */
export function ExportCard() {
  const t = useTranslations("adminImport");
  const failureText = useFailureText();
  const exportPool = useExportPool();
  const save = async (withSecrets: boolean) => {
    try {
      const text = await exportPool.mutateAsync(withSecrets);
      const day = new Date().toISOString().slice(0, 10);
      saveFile(`pool-${day}.json`, text, "application/json");
    } catch (error) {
      toast.failed(failureText(error));
    }
  };
  return (
    <Card title={t("export")} purpose={t("exportPurpose")}>
      <div className="flex flex-wrap gap-2">
        <Button busy={exportPool.isPending} onClick={() => save(false)}>
          <Download aria-hidden="true" />
          {t("exportPlain")}
        </Button>
        <ConfirmDialog
          title={t("exportTitle")}
          body={t("exportBody")}
          verb={t("exportSecrets")}
          onConfirm={() => save(true)}
          trigger={<Button>{t("exportSecrets")}</Button>}
        />
      </div>
    </Card>
  );
}
