"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditEntry } from "@/lib/contracts/audit";
import { useWhen } from "@/lib/ui/format/use-when";
import { Button } from "@/lib/ui/primitives/button";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { Fact, Facts } from "../../_parts/facts";
import { fieldsOf, useAuditWords } from "./audit-words";

interface AuditSheetProps {
  entry: AuditEntry;
  onClose: () => void;
}

/** One change with its fields before and after. */
export function AuditSheet({ entry, onClose }: AuditSheetProps) {
  const t = useTranslations("adminAudit");
  const words = useAuditWords();
  const { action, at, objectKind, objectId, ip, actor } = entry;
  const when = useWhen().second(at);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={action}
      purpose={t("sheet.purpose", { actor: actor?.email ?? words.actor(entry), when })}
      actions={
        <Button asChild>
          <Link href={`/admin/audit?object=${encodeURIComponent(objectId)}`}>
            {t("sheet.onlyObject")}
          </Link>
        </Button>
      }
    >
      <div className="flex flex-col gap-6">
        <Facts>
          <Fact name={t("columns.object")}>{words.kind(objectKind)}</Fact>
          <Fact name={t("sheet.objectId")}>
            <code className="break-all font-mono text-sm">{objectId}</code>
          </Fact>
          {ip ? <Fact name={t("sheet.ip")}>{ip}</Fact> : null}
        </Facts>
        <Difference entry={entry} />
      </div>
    </Sheet>
  );
}

function Difference({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("adminAudit.sheet");
  const fields = fieldsOf(entry);
  if (fields.length === 0) return <p className="text-ink-muted">{t("nothing")}</p>;
  return (
    <ScrollRegion label={t("field")} className="overflow-x-auto rounded-md">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-line border-b text-ink-muted">
            <th className="py-2 text-start font-medium">{t("field")}</th>
            <th className="py-2 ps-4 text-start font-medium">{t("before")}</th>
            <th className="py-2 ps-4 text-start font-medium">{t("after")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field} className="border-line border-b align-top last:border-b-0">
              <td className="py-2 font-medium">{field}</td>
              <td className="py-2 ps-4">
                <Value value={entry.before?.[field]} tone="text-ink-muted" />
              </td>
              <td className="py-2 ps-4">
                <Value value={entry.after?.[field]} tone="text-ink" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function Value({ value, tone }: { value: unknown; tone: string }) {
  const when = useWhen();
  if (value === undefined || value === null || value === "") {
    return <span className="text-ink-faint">–</span>;
  }
  if (typeof value === "string" && MOMENT.test(value)) {
    return <span className={tone}>{when.second(value)}</span>;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  return <code className={`whitespace-pre-wrap break-all font-mono text-xs ${tone}`}>{text}</code>;
}
