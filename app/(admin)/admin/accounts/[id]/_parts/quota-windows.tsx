import { useTranslations } from "next-intl";
import type { Account, AccountDetail } from "@/lib/contracts/accounts";
import { quotaForecast } from "@/lib/shared/quota-forecast";
import { useFormat } from "@/lib/ui/format/use-format";
import { useWhen } from "@/lib/ui/format/use-when";
import { Ago } from "@/lib/ui/primitives/ago";
import { Card } from "@/lib/ui/primitives/card";
import { Meter } from "@/lib/ui/primitives/meter";

interface QuotaWindowsProps extends Pick<AccountDetail, "windows"> {
  account: Account;
}

/** The provider's own quota windows with where they lead, and the account's daily quota; nothing without any. */
export function QuotaWindows({ windows, account: { dailyQuota } }: QuotaWindowsProps) {
  const t = useTranslations("adminAccounts.detail");
  if (windows.length === 0 && !dailyQuota) return null;
  return (
    <Card title={t("windows")} purpose={windows.length > 0 ? t("windowsPurpose") : undefined}>
      <ul className="flex flex-col gap-4">
        {windows.map((window) => (
          <li key={window.name} className="flex flex-col gap-1">
            <Meter
              label={window.name}
              used={window.usedPercent / 100}
              limit={1}
              unit="share"
              resetsAtMs={window.resetsAt ? Date.parse(window.resetsAt) : null}
            />
            <Forecast window={window} />
            <span className="text-ink-muted text-xs">
              {t("windowSeen")} <Ago at={window.seenAt} />
            </span>
          </li>
        ))}
        {dailyQuota ? (
          <li>
            <Meter
              label={t("dailyQuota")}
              used={Number(dailyQuota.spentMicroUsd)}
              limit={Number(dailyQuota.limitMicroUsd)}
              unit="money"
              resetsAtMs={Date.parse(dailyQuota.resetsAt)}
            />
          </li>
        ) : null}
      </ul>
    </Card>
  );
}

/** Where a window leads if it goes on as since it began. */
function Forecast({ window }: { window: AccountDetail["windows"][number] }) {
  const t = useTranslations("adminAccounts.detail");
  const format = useFormat();
  const when = useWhen();
  const { name, usedPercent, seenAt, resetsAt } = window;
  const forecast = quotaForecast({
    name,
    usedPercent,
    seenAtMs: Date.parse(seenAt),
    resetsAtMs: resetsAt ? Date.parse(resetsAt) : null,
  });
  if (!forecast) return null;
  const { fullAtMs, atResetPercent } = forecast;
  return fullAtMs === null ? (
    <span className="text-ink-muted text-sm">
      {t("paceAtReset", { share: format.share(atResetPercent / 100) })}
    </span>
  ) : (
    <span className="text-sm text-warn">{t("paceFull", { at: when.clock(fullAtMs) })}</span>
  );
}
