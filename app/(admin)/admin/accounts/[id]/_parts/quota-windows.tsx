"use client";
import { useTranslations } from "next-intl";
import type { AccountDetail } from "@/lib/contracts/accounts";
import { Ago } from "@/lib/ui/primitives/ago";
import { Card } from "@/lib/ui/primitives/card";
import { Meter } from "@/lib/ui/primitives/meter";

/** The provider's own quota windows; nothing for providers that report none. */
export function QuotaWindows({ windows }: Pick<AccountDetail, "windows">) {
  const t = useTranslations("adminAccounts.detail");
  if (windows.length === 0) return null;
  return (
    <Card title={t("windows")} purpose={t("windowsPurpose")}>
      <ul className="flex flex-col gap-4">
        {windows.map(({ name, usedPercent, resetsAt, seenAt }) => (
          <li key={name} className="flex flex-col gap-1">
            <Meter
              label={name}
              used={usedPercent / 100}
              limit={1}
              unit="share"
              resetsAtMs={resetsAt ? Date.parse(resetsAt) : null}
            />
            <span className="text-ink-muted text-xs">
              {t("windowSeen")} <Ago at={seenAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
