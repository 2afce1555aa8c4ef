"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Account } from "@/lib/contracts/accounts";
import { useWhen } from "@/lib/ui/format/use-when";
import { Ago } from "@/lib/ui/primitives/ago";
import { Card } from "@/lib/ui/primitives/card";
import { Fact, Facts } from "../../../_parts/facts";

/** How an account is set up; its credential only by its end. */
export function AccountSettings({ account }: { account: Account }) {
  const t = useTranslations("adminAccounts");
  const common = useTranslations("common");
  const when = useWhen();
  const { settings, secretHint, sharing, maxConcurrency, schedulable, planExpiresAt } = account;
  const credential = secretHint
    ? t.rich("detail.credentialEnds", {
        hint: secretHint,
        code: (hint) => <code className="font-mono text-sm">{hint}</code>,
      })
    : t("detail.credentialStored");
  return (
    <Card title={t("detail.settings")}>
      <Facts>
        {Object.entries(settings).map(([name, value]) => (
          <SettingFact key={name} account={account} name={name} value={String(value)} />
        ))}
        <Fact name={t("detail.credential")}>{credential}</Fact>
        {account.probeCron ? (
          <Fact name={t("form.probeCron")}>
            <code className="font-mono text-sm">{account.probeCron}</code>
            {account.nextProbeAt ? (
              <span className="block text-ink-muted text-sm">
                {t("detail.nextProbe")}: {when.clock(Date.parse(account.nextProbeAt))}
              </span>
            ) : null}
          </Fact>
        ) : null}
        {account.proxy ? (
          <Fact name={t("form.proxy")}>
            <code className="break-all font-mono text-sm">{account.proxy.address}</code>
            {account.proxy.hasLogIn ? ` (${t("detail.withLogIn")})` : null}
          </Fact>
        ) : null}
        <Fact name={t("columns.sharing")}>{t(`sharing.${sharing}`)}</Fact>
        <Fact name={t("columns.priority")}>{account.priority}</Fact>
        <Fact name={t("form.weight")}>{account.weight}</Fact>
        <Fact name={t("detail.concurrency")}>{maxConcurrency ?? common("unlimited")}</Fact>
        <Fact name={t("detail.schedulable")}>{common(schedulable ? "yes" : "no")}</Fact>
        <Fact name={t("detail.mapping")}>
          <Mapping entries={account.modelMap} />
        </Fact>
        <ReturnKeyFact account={account} />
        {planExpiresAt ? (
          <Fact name={t("detail.planExpires")}>{when.date(planExpiresAt)}</Fact>
        ) : null}
        <Fact name={t("detail.added")}>
          <Ago at={account.createdAt} />
        </Fact>
        {account.note ? (
          <Fact name={t("form.note")}>
            <span className="whitespace-pre-wrap">{account.note}</span>
          </Fact>
        ) : null}
      </Facts>
    </Card>
  );
}

interface SettingFactProps {
  account: Account;
  name: string;
  value: string;
}

function SettingFact({ account, name, value }: SettingFactProps) {
  const words = useTranslations("providerFields");
  const key = `${account.provider}.${name}.label` as Parameters<typeof words.has>[0];
  return (
    <Fact name={words.has(key) ? words(key) : name}>
      <code className="break-all font-mono text-sm">{value}</code>
    </Fact>
  );
}

function Mapping({ entries }: { entries: Account["modelMap"] }) {
  const t = useTranslations("adminAccounts.detail");
  if (entries.length === 0) return t("noMapping");
  return (
    <span className="flex flex-col gap-1 font-mono text-xs">
      {entries.map(({ from, to }) => (
        <span key={from} className="break-all">
          {from} → {to}
        </span>
      ))}
    </span>
  );
}

function ReturnKeyFact({ account: { returnKey } }: { account: Account }) {
  const t = useTranslations("adminAccounts.detail");
  if (!returnKey) return null;
  const { name, owner, id } = returnKey;
  return (
    <Fact name={t("returnKey")}>
      <Link href={`/admin/keys?open=${id}`} className="text-accent-text hover:underline">
        {t("returnKeyOf", { key: name, owner })}
      </Link>
    </Fact>
  );
}
