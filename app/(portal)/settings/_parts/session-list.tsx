"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRevokeOtherSessions, useRevokeSession } from "@/lib/client/hooks/auth";
import { mySessionsQuery } from "@/lib/client/queries/auth";
import type { SessionRow } from "@/lib/contracts/auth";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../_parts/use-failure-text";
import { browserName } from "./browser-name";

/** Where the reader is signed in, each session with a way to end it. */
export function SessionList() {
  const t = useTranslations("settings");
  const { data: sessions } = useSuspenseQuery(mySessionsQuery);
  const others = sessions.filter(({ current }) => !current);
  return (
    <Card
      flush
      title={t("sessions")}
      purpose={t("sessionsPurpose")}
      actions={others.length > 0 ? <EndOthers /> : null}
    >
      <ul>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  );
}

function SessionLine({ session }: { session: SessionRow }) {
  const t = useTranslations("settings");
  const failureText = useFailureText();
  const revoke = useRevokeSession();
  const name = useBrowserName()(session.userAgent);
  const end = () =>
    revoke.mutate(session.id, {
      onSuccess: () => toast.done(t("ended")),
      onError: (error) => toast.failed(failureText(error)),
    });
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-4 py-2.5 sm:px-5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {session.current ? <Badge tone="good">{t("thisOne")}</Badge> : null}
        </p>
        <p className="text-ink-muted text-sm">
          <code className="font-mono">{session.ip}</code> ·{" "}
          {t.rich("sessionTimes", {
            seen: () => <Ago at={session.lastSeenAt} />,
            since: () => <Ago at={session.createdAt} />,
          })}
        </p>
      </div>
      {session.current ? null : (
        <Button
          size="sm"
          busy={revoke.isPending}
          aria-label={t("endName", { browser: name })}
          onClick={end}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}

function EndOthers() {
  const t = useTranslations("settings");
  const failureText = useFailureText();
  const revoke = useRevokeOtherSessions();
  return (
    <ConfirmDialog
      title={t("endOthersTitle")}
      body={t("endOthersBody")}
      verb={t("endOthers")}
      trigger={<Button size="sm">{t("endOthers")}</Button>}
      onConfirm={() =>
        revoke.mutateAsync().then(
          () => toast.done(t("othersEnded")),
          (error: unknown) => toast.failed(failureText(error)),
        )
      }
    />
  );
}

function useBrowserName(): (userAgent: string) => string {
  const t = useTranslations("settings");
  return (userAgent) => {
    const { browser, system } = browserName(userAgent);
    if (browser && system) return t("browserOn", { browser, system });
    return browser ?? system ?? t("unknownBrowser");
  };
}
