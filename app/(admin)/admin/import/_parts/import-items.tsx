"use client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ImportItem, ImportReport } from "@/lib/contracts/imports";
import { Badge } from "@/lib/ui/primitives/badge";
import { Button } from "@/lib/ui/primitives/button";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";
import { saveFile } from "@/lib/ui/save-file";

interface ImportItemsProps {
  report: ImportReport;
  label: string;
  /** It was done; otherwise it would be. */
  done?: boolean;
  busy?: boolean;
  onRun?: () => void;
}

/** What an import would do or did, item by item, with what is left out first. */
export function ImportItems({ report, label, done = false, busy, onRun }: ImportItemsProps) {
  const t = useTranslations("adminImport");
  const { items } = report;
  const made = items.filter(({ action }) => action === "create").length;
  const save = () => {
    const name = `import-${label.replaceAll(/[^\w.-]+/g, "-") || "report"}.json`;
    saveFile(name, `${JSON.stringify(report, null, 2)}\n`, "application/json");
  };
  return (
    <section aria-live="polite" className="mt-5 flex flex-col gap-4 border-line border-t pt-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="font-semibold text-lg">
          {t(done ? "done" : "found", { made, all: items.length })}
        </h3>
        <div className="flex flex-wrap gap-2">
          <Button onClick={save}>
            <Download aria-hidden="true" />
            {t("report")}
          </Button>
          {onRun && made > 0 ? (
            <Button look="primary" busy={busy} onClick={onRun}>
              {t("run", { count: made })}
            </Button>
          ) : null}
        </div>
      </div>
      {onRun && made === 0 ? <p className="text-ink-muted">{t("nothing")}</p> : null}
      <ScrollRegion label={t("source")} className="max-h-120 overflow-auto rounded-md">
        <table className="w-full text-sm">
          <thead className="sticky top-0 bg-surface">
            <tr className="border-line border-b text-ink-muted">
              <th className="py-2 text-start font-medium">{t("columns.name")}</th>
              <th className="py-2 ps-4 text-start font-medium">{t("columns.outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {troubleFirst(items).map((item) => (
              <ItemRow key={`${item.kind} ${item.foreignId}`} item={item} done={done} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

/** What is left out is what somebody has to do something about. */
function troubleFirst(items: readonly ImportItem[]): ImportItem[] {
  return [...items.filter(isLeftOut), ...items.filter((item) => !isLeftOut(item))];
}

function isLeftOut({ action, reason }: ImportItem): boolean {
  return action === "skip" && reason !== "imported";
}

function ItemRow({ item, done }: { item: ImportItem; done: boolean }) {
  const t = useTranslations("adminImport");
  const { kind, name, detail, action, reason, problem, notes } = item;
  const taken = t(done ? "was" : "would");
  return (
    <tr className="border-line border-b align-top last:border-b-0">
      <td className="py-2">
        <span className="break-words font-medium">{name}</span>
        <span className="block text-ink-muted text-xs">
          {[t(`kinds.${kind}`), detail].filter(Boolean).join(" · ")}
        </span>
      </td>
      <td className="py-2 ps-4">
        <Badge tone={action === "create" ? "good" : "warn"}>
          {action === "skip" ? t("skipped") : taken}
        </Badge>
        <ul className="mt-1 text-ink-muted">
          {reason ? (
            <li>
              {t(`reasons.${reason}`)} {problem}
            </li>
          ) : null}
          {notes.map(({ code, fields }) => (
            <li key={code}>{t(`notes.${code}`, { fields: fields.join(", ") })}</li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
