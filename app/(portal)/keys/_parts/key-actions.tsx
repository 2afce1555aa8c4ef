"use client";
import {
  Ban,
  ChartNoAxesColumn,
  ListTree,
  MoreHorizontal,
  Pause,
  Pencil,
  Play,
  RefreshCw,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePauseKey, useResumeKey, useRevokeKey } from "@/lib/client/hooks/keys";
import type { Key } from "@/lib/contracts/keys";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Menu, MenuItem, MenuLine } from "@/lib/ui/primitives/menu";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../_parts/use-failure-text";
import { RollKey } from "./roll-key";

interface KeyActionsProps {
  apiKey: Key;
  onEdit: () => void;
}

/** Everything that can be done with a key. */
export function KeyActions({ apiKey, onEdit }: KeyActionsProps) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<"roll" | "revoke" | null>(null);
  const { pause, resume, revoke } = useDeeds(apiKey);
  const { id, name, state, ownerMayEdit } = apiKey;
  const over = state === "revoked";
  return (
    <>
      <Menu trigger={<IconButton icon={MoreHorizontal} label={t("menu", { name })} size="sm" />}>
        {over || !ownerMayEdit ? null : (
          <>
            <MenuItem icon={Pencil} onSelect={onEdit}>
              {common("edit")}
            </MenuItem>
            <MenuItem icon={RefreshCw} onSelect={() => setAsked("roll")}>
              {t("roll.verb")}
            </MenuItem>
          </>
        )}
        {state === "live" ? (
          <MenuItem icon={Pause} onSelect={pause}>
            {t("pause")}
          </MenuItem>
        ) : null}
        {state === "paused" ? (
          <MenuItem icon={Play} onSelect={resume}>
            {t("resume")}
          </MenuItem>
        ) : null}
        <KeyLink icon={ChartNoAxesColumn} href={`/usage?key=${id}`} label={t("openUsage")} />
        <KeyLink icon={ListTree} href={`/requests?key=${id}`} label={t("openRequests")} />
        {over ? null : (
          <>
            <MenuLine />
            <MenuItem icon={Ban} danger onSelect={() => setAsked("revoke")}>
              {t("revoke.verb")}
            </MenuItem>
          </>
        )}
      </Menu>
      {asked === "roll" ? <RollKey apiKey={apiKey} onClose={() => setAsked(null)} /> : null}
      <ConfirmDialog
        open={asked === "revoke"}
        onOpenChange={(open) => setAsked(open ? "revoke" : null)}
        title={t("revoke.title", { name })}
        body={t("revoke.body")}
        verb={t("revoke.verb")}
        onConfirm={revoke}
      />
    </>
  );
}

interface KeyLinkProps {
  icon: typeof ListTree;
  href: string;
  label: string;
}

function KeyLink({ icon: Icon, href, label }: KeyLinkProps) {
  return (
    <MenuItem asChild>
      <Link href={href}>
        <Icon aria-hidden="true" className="text-ink-muted" />
        {label}
      </Link>
    </MenuItem>
  );
}

/** Pausing and resuming happen at once and can be taken back; failures are told in a toast. */
function useDeeds({ id, name }: Key) {
  const t = useTranslations("keys");
  const failureText = useFailureText();
  const pausing = usePauseKey();
  const resuming = useResumeKey();
  const revoking = useRevokeKey();
  const failed = { onError: (error: Error) => toast.failed(failureText(error)) };
  const resume = () =>
    resuming.mutate(id, { ...failed, onSuccess: () => toast.done(t("resumed", { name })) });
  const pause = () =>
    pausing.mutate(id, {
      ...failed,
      onSuccess: () =>
        toast.done(t("paused", { name }), { action: { label: t("undo"), onClick: resume } }),
    });
  const revoke = () =>
    revoking.mutateAsync(id).then(
      () => toast.done(t("revoke.done", { name })),
      (error: unknown) => toast.failed(failureText(error)),
    );
  return { pause, resume, revoke };
}
