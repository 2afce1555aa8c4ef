"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AccountDetail } from "@/lib/contracts/accounts";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";
import { Card } from "@/lib/ui/primitives/card";
import type { Tone } from "@/lib/ui/primitives/tones";

type AccountEvent = AccountDetail["events"][number];

const KINDS = ["cooling", "limited", "stopped", "recovered", "reset"] as const;
const TONES: Record<(typeof KINDS)[number] | "other", Tone> = {
  cooling: "warn",
  limited: "warn",
  stopped: "bad",
  recovered: "good",
  reset: "info",
  other: "idle",
};
const SHOWN = 12;

/** The changes of an account's state, newest first, with what the provider said. */
export function AccountEvents({ events }: { events: readonly AccountEvent[] }) {
  const t = useTranslations("adminAccounts.detail");
  return (
    <Card title={t("events")} purpose={t("eventsPurpose")}>
      {events.length === 0 ? <p className="text-ink-muted">{t("noEvents")}</p> : null}
      <ol className="flex flex-col gap-3.5">
        {events.slice(0, SHOWN).map((event) => (
          <li key={event.id} className="flex flex-col gap-1">
            <EventHead event={event} />
            {event.evidence ? (
              <p className="break-words text-ink-muted text-sm">{event.evidence}</p>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function EventHead({ event }: { event: AccountEvent }) {
  const t = useTranslations("adminAccounts");
  const kind = KINDS.find((known) => known === event.kind) ?? "other";
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
      <Badge tone={TONES[kind]}>{t(`events.${kind}`)}</Badge>
      {event.status === null ? null : (
        <span>{t("detail.evidenceAt", { status: String(event.status) })}</span>
      )}
      <span className="text-ink-muted">
        <Ago at={event.at} />
      </span>
      {event.requestId ? (
        <Link
          href={`/admin/requests/${event.requestId}`}
          className="text-accent-text hover:underline"
        >
          {t("detail.openRequest")}
        </Link>
      ) : null}
    </div>
  );
}
