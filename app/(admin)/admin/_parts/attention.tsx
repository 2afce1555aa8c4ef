"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Account } from "@/lib/contracts/accounts";
import type { AdminOverview } from "@/lib/contracts/overview";
import { Badge } from "@/lib/ui/primitives/badge";
import { Card } from "@/lib/ui/primitives/card";
import { AccountState, type StateKind, useStateReason } from "../accounts/_parts/account-state";

/** States that an admin should know of, those that do not mend themselves first. */
const URGENCY: Partial<Record<StateKind, number>> = {
  "needs-sign-in": 0,
  blocked: 0,
  cooling: 1,
  limited: 2,
  "quota-reached": 2,
};
const SHOWN = 8;

interface AttentionProps {
  accounts: readonly Account[];
  unrated: AdminOverview["unratedModels"];
}

/** Accounts that do not serve, and models that nothing can be charged for. */
export function Attention({ accounts, unrated }: AttentionProps) {
  const t = useTranslations("adminOverview");
  const reason = useStateReason();
  const urgency = ({ state }: Account) => URGENCY[state.kind] ?? null;
  const troubled = accounts
    .filter((account) => urgency(account) !== null)
    .sort((a, b) => (urgency(a) ?? 0) - (urgency(b) ?? 0))
    .slice(0, SHOWN);
  const calm = troubled.length === 0 && unrated.length === 0;
  return (
    <Card title={t("attention")} purpose={t("attentionPurpose")}>
      {calm ? (
        <p className="text-ink-muted">{t(accounts.length === 0 ? "noAccounts" : "calm")}</p>
      ) : null}
      <ul className="flex flex-col divide-y divide-line">
        {troubled.map((account) => (
          <li key={account.id} className="flex items-start justify-between gap-3 py-2.5 first:pt-0">
            <div className="min-w-0">
              <Link href={`/admin/accounts/${account.id}`} className="font-medium hover:underline">
                {account.name}
              </Link>
              <p className="text-ink-muted text-sm">{reason(account.state)}</p>
            </div>
            <AccountState state={account.state} />
          </li>
        ))}
        {unrated.map(({ model, requests }) => (
          <li key={model} className="flex items-start justify-between gap-3 py-2.5 first:pt-0">
            <div className="min-w-0">
              <Link
                href={`/admin/requests?q=${encodeURIComponent(model)}`}
                className="break-all font-medium hover:underline"
              >
                {t("unrated", { model })}
              </Link>
              <p className="text-ink-muted text-sm">{t("unratedNote", { requests })}</p>
            </div>
            <UnratedMark />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function UnratedMark() {
  const t = useTranslations("requests.marks");
  return <Badge tone="warn">{t("unrated")}</Badge>;
}
