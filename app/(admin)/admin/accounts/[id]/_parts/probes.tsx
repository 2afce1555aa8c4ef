"use client";
import { useTranslations } from "next-intl";
import type { AccountDetail } from "@/lib/contracts/accounts";
import { useFormat } from "@/lib/ui/format/use-format";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";

const SHOWN = 10;

/** How the last tests of an account ended; nothing before the first. */
export function Probes({ probes }: Pick<AccountDetail, "probes">) {
  const t = useTranslations("adminAccounts.detail");
  const format = useFormat();
  if (probes.length === 0) return null;
  return (
    <div className="mt-5 flex flex-col gap-2 border-line border-t pt-4">
      <h3 className="font-medium text-sm">{t("probes")}</h3>
      <ul className="flex flex-col gap-2">
        {probes.slice(0, SHOWN).map(({ id, at, ok, status, latencyMs, detail }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
            <Badge tone={ok ? "good" : "bad"}>{t(ok ? "probeOk" : "probeFailed")}</Badge>
            <span className="text-ink-muted">
              <Ago at={at} />
              {status === null ? null : ` · ${t("evidenceAt", { status: String(status) })}`}
              {latencyMs === null ? null : ` · ${format.duration(latencyMs)}`}
            </span>
            {detail ? <span className="w-full break-words text-ink-muted">{detail}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
