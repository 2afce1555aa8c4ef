"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRevokeInvitation } from "@/lib/client/hooks/users";
import { invitationsQuery } from "@/lib/client/queries/users";
import type { Invitation } from "@/lib/contracts/users";
import { useFormat } from "@/lib/ui/format/use-format";
import { Badge } from "@/lib/ui/primitives/badge";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { toast } from "@/lib/ui/primitives/toaster";
import { useNowMs } from "@/lib/ui/primitives/use-now";
import { useFailureText } from "../../../../_parts/use-failure-text";

/** Invitations whose links still let somebody in. */
export function OpenInvitations() {
  const t = useTranslations("adminUsers.invitations");
  const { data } = useSuspenseQuery(invitationsQuery);
  const open = data.filter(({ state }) => state === "open");
  return (
    <Card title={t("title")} purpose={t("purpose")}>
      {open.length === 0 ? <p className="text-ink-muted">{t("none")}</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {open.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0"
          >
            <Line invitation={invitation} />
            <Revoke id={invitation.id} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Line({ invitation }: { invitation: Invitation }) {
  const t = useTranslations("adminUsers");
  const format = useFormat();
  const now = useNowMs();
  const { email, role, note, uses, maxUses, expiresAt } = invitation;
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <span className="break-all font-medium">{email ?? t("invitations.anyone")}</span>
        <Badge tone={role === "admin" ? "accent" : "idle"}>{t(`roles.${role}`)}</Badge>
      </span>
      <span className="text-ink-muted text-sm">
        {[
          note,
          t("invitations.uses", { uses, max: maxUses }),
          t("invitations.expires", { time: format.countdown(Date.parse(expiresAt) - now) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </div>
  );
}

function Revoke({ id }: { id: string }) {
  const t = useTranslations("adminUsers.invitations");
  const failureText = useFailureText();
  const revoke = useRevokeInvitation();
  return (
    <ConfirmDialog
      title={t("revokeTitle")}
      body={t("revokeBody")}
      verb={t("revoke")}
      trigger={<Button size="sm">{t("revoke")}</Button>}
      onConfirm={() =>
        revoke.mutateAsync(id).then(
          () => toast.done(t("revoked")),
          (error: unknown) => toast.failed(failureText(error)),
        )
      }
    />
  );
}
