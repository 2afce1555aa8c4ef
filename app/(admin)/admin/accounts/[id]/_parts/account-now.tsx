"use client";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Account } from "@/lib/contracts/accounts";
import { useFormat } from "@/lib/ui/format/use-format";
import { Ago } from "@/lib/ui/primitives/ago";
import { Button } from "@/lib/ui/primitives/button";
import { Money } from "@/lib/ui/primitives/money";
import { Notice } from "@/lib/ui/primitives/notice";
import { Stat } from "@/lib/ui/primitives/stat";
import { useNowMs } from "@/lib/ui/primitives/use-now";
import { STATE_TONES, useStateReason } from "../../_parts/account-state";
import { useAccountDeeds } from "../../_parts/use-account-deeds";

/** The state of an account with its evidence, and the numbers of its last 24 hours. */
export function AccountNow({ account }: { account: Account }) {
  const t = useTranslations("adminAccounts.detail");
  const format = useFormat();
  const { inFlight, today } = account;
  const { requests, errors, costMicroUsd, averageFirstByteMs } = today;
  return (
    <>
      <StateNotice account={account} />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat label={t("inFlight")} value={format.count(inFlight)} />
        <Stat
          label={t("requests")}
          value={format.compact(requests)}
          note={t("errorsNote", { count: errors })}
        />
        <Stat label={t("cost")} value={<Money micro={costMicroUsd} />} />
        <Stat
          label={t("firstByte")}
          value={averageFirstByteMs === null ? "–" : format.duration(averageFirstByteMs)}
        />
      </div>
    </>
  );
}

function StateNotice({ account }: { account: Account }) {
  const t = useTranslations("adminAccounts");
  const { state } = account;
  const reason = useStateReason()(state);
  const { reset } = useAccountDeeds(account);
  if (state.kind === "active") return null;
  const resettable = state.kind !== "paused" && state.kind !== "draining";
  return (
    <Notice
      tone={STATE_TONES[state.kind]}
      title={reason ?? t(`states.${state.kind}`)}
      action={
        resettable ? (
          <Button size="sm" onClick={reset}>
            <RotateCcw aria-hidden="true" />
            {t("reset")}
          </Button>
        ) : null
      }
    >
      <Families families={state.families} />
      <Evidence evidence={state.evidence} />
      {resettable ? <p className="mt-1 text-sm">{t("resetHelp")}</p> : null}
    </Notice>
  );
}

function Families({ families }: Pick<Account["state"], "families">) {
  const t = useTranslations("adminAccounts.detail");
  const format = useFormat();
  const now = useNowMs();
  if (families.length === 0) return null;
  return (
    <ul className="flex flex-col">
      {families.map(({ family, until }) => (
        <li key={family}>
          {t("familyUntil", { family, time: format.countdown(Date.parse(until) - now) })}
        </li>
      ))}
    </ul>
  );
}

function Evidence({ evidence }: Pick<Account["state"], "evidence">) {
  const t = useTranslations("adminAccounts.detail");
  if (!evidence) return null;
  const { status, excerpt, at } = evidence;
  return (
    <div className="flex flex-col gap-1">
      <p>
        {t("evidence")}
        {status === null ? null : ` · ${t("evidenceAt", { status: String(status) })}`}
        {" · "}
        <Ago at={at} />
      </p>
      {excerpt ? <code className="break-words font-mono text-ink text-xs">{excerpt}</code> : null}
    </div>
  );
}
