"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Pause, Pencil, Play } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { accountQuery } from "@/lib/client/queries/accounts";
import type { Account } from "@/lib/contracts/accounts";
import type { PoolUsageQuery } from "@/lib/contracts/usage";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { AccountActions } from "../../_parts/account-actions";
import { hostOf } from "../../_parts/account-columns";
import { AccountState } from "../../_parts/account-state";
import { AccountTest } from "../../_parts/account-test";
import { EditAccount } from "../../_parts/edit-account";
import { useAccountDeeds } from "../../_parts/use-account-deeds";
import { AccountEvents } from "./account-events";
import { AccountNow } from "./account-now";
import { AccountRequests } from "./account-requests";
import { AccountSettings } from "./account-settings";
import { AccountUsage } from "./account-usage";
import { Probes } from "./probes";
import { QuotaWindows } from "./quota-windows";

interface AccountPageProps {
  id: string;
  usage: PoolUsageQuery;
}

/** One account: its state with the evidence, what it did, and what can be done about it. */
export function AccountPage({ id, usage }: AccountPageProps) {
  const t = useTranslations("adminAccounts.detail");
  const { data: detail } = useSuspenseQuery({ ...accountQuery(id), refetchInterval: 15_000 });
  const { account, events, windows, probes } = detail;
  return (
    <>
      <Header account={account} />
      <AccountNow account={account} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <AccountUsage usage={usage} />
          <AccountRequests id={id} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("test")} purpose={t("testPurpose")}>
            <AccountTest id={id} />
            <Probes probes={probes} />
          </Card>
          <QuotaWindows windows={windows} account={account} />
          <AccountSettings account={account} />
          <AccountEvents events={events} />
        </div>
      </div>
    </>
  );
}

function Header({ account }: { account: Account }) {
  const t = useTranslations("adminAccounts");
  const common = useTranslations("common");
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const { pause, resume } = useAccountDeeds(account);
  const { name, providerLabel } = account;
  const serves = account.enabled && account.state.kind !== "draining";
  return (
    <>
      <PageHeader
        back={
          <Link href="/admin/accounts" className="hover:text-ink hover:underline">
            ← {t("back")}
          </Link>
        }
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            <span className="break-words">{name}</span>
            <AccountState state={account.state} />
          </span>
        }
        purpose={t("detail.purpose", { kind: providerLabel, address: hostOf(account) })}
        actions={
          <>
            <Button onClick={serves ? pause : resume}>
              {serves ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
              {t(serves ? "pause" : "resume")}
            </Button>
            <Button look="primary" onClick={() => setEditing(true)}>
              <Pencil aria-hidden="true" />
              {common("edit")}
            </Button>
            <AccountActions
              account={account}
              withoutTest
              onEdit={() => setEditing(true)}
              onGone={() => router.push("/admin/accounts")}
            />
          </>
        }
      />
      {editing ? <EditAccount account={account} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
