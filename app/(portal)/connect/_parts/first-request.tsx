"use client";
import { useQuery } from "@tanstack/react-query";
import { Radio } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { connectQuery } from "@/lib/client/queries/overview";
import type { ConnectStatus } from "@/lib/contracts/connect";
import type { Key } from "@/lib/contracts/keys";
import { cn } from "@/lib/ui/class-names";
import { Ago } from "@/lib/ui/primitives/ago";
import { Button } from "@/lib/ui/primitives/button";
import { TONE_ICONS, TONE_TEXT, type Tone } from "@/lib/ui/primitives/tones";

interface FirstRequestProps {
  apiKey: Key | null;
  since: string;
}

/** One line that watches for the first request with the key, and says why it was refused. */
export function FirstRequest({ apiKey, since }: FirstRequestProps) {
  const t = useTranslations("connect.live");
  const { data: status, error } = useQuery({
    ...connectQuery(apiKey?.id ?? "", since),
    enabled: apiKey !== null,
  });
  return (
    <section
      aria-label={t("title")}
      className="rounded-lg sm:sticky sm:bottom-4 sm:z-10 border border-line bg-raised px-4 py-3.5 sm:px-5"
    >
      <div aria-live="polite" className="flex min-h-10 flex-col justify-center">
        {apiKey ? (
          <Status status={status} name={apiKey.name} lost={error !== null} />
        ) : (
          <Line tone="idle" title={t("noKey")} />
        )}
      </div>
    </section>
  );
}

interface StatusProps {
  status: ConnectStatus | undefined;
  name: string;
  /** The portal cannot be asked just now. */
  lost: boolean;
}

function Status({ status, name, lost }: StatusProps) {
  const t = useTranslations("connect.live");
  if (status?.state === "seen") {
    const { model, status: code, client, at, requestId } = status;
    return (
      <Line tone="good" title={t("seen", { model, status: String(code) })} requestId={requestId}>
        {client ? `${t("seenFrom", { client })} ` : null}
        <Ago at={at} />
      </Line>
    );
  }
  if (status?.state === "refused") {
    const { model, status: code, message, requestId } = status;
    return (
      <Line tone="bad" title={t("refused", { model, status: String(code) })} requestId={requestId}>
        {message}
      </Line>
    );
  }
  return (
    <Line tone={lost ? "warn" : "waiting"} title={t("waiting", { key: name })}>
      {lost ? t("lost") : t("waitingMore")}
    </Line>
  );
}

interface LineProps {
  tone: Tone | "waiting";
  title: string;
  requestId?: string;
  children?: ReactNode;
}

function Line({ tone, title, requestId, children }: LineProps) {
  const t = useTranslations("connect.live");
  const Icon = tone === "waiting" ? Radio : TONE_ICONS[tone];
  const colour = tone === "waiting" ? "text-accent-text animate-pulse" : TONE_TEXT[tone];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Icon aria-hidden="true" className={cn("size-5 shrink-0", colour)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children ? <div className="text-ink-muted text-sm">{children}</div> : null}
      </div>
      {requestId ? (
        <Button asChild size="sm">
          <Link href={`/requests/${requestId}`}>{t("story")}</Link>
        </Button>
      ) : null}
    </div>
  );
}
