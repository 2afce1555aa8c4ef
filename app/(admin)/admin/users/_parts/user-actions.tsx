"use client";
import { Ban, Check, KeyRound, Link2, ListTree, MoreHorizontal, Pencil } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError } from "@/lib/client/api";
import { useUpdateUser } from "@/lib/client/hooks/users";
import type { User } from "@/lib/contracts/users";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Menu, MenuItem, MenuLine } from "@/lib/ui/primitives/menu";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { ResetLink } from "./reset-link";

interface UserActionsProps {
  user: User;
  onEdit: () => void;
}

/** Everything that can be done with a user. */
export function UserActions({ user, onEdit }: UserActionsProps) {
  const t = useTranslations("adminUsers");
  const [asked, setAsked] = useState<"reset" | "disable" | null>(null);
  const { enable, disable } = useDeeds(user);
  const { id, name, status } = user;
  return (
    <>
      <Menu trigger={<IconButton icon={MoreHorizontal} label={t("menu", { name })} size="sm" />}>
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {t("edit")}
        </MenuItem>
        <MenuItem icon={Link2} onSelect={() => setAsked("reset")}>
          {t("resetLink")}
        </MenuItem>
        <MenuLink icon={KeyRound} href={`/admin/keys?owner=${id}`} label={t("openKeys")} />
        <MenuLink icon={ListTree} href={`/admin/requests?user=${id}`} label={t("openRequests")} />
        <MenuLine />
        {status === "disabled" ? (
          <MenuItem icon={Check} onSelect={enable}>
            {t("enable")}
          </MenuItem>
        ) : (
          <MenuItem icon={Ban} danger onSelect={() => setAsked("disable")}>
            {t("disable")}
          </MenuItem>
        )}
      </Menu>
      {asked === "reset" ? <ResetLink user={user} onClose={() => setAsked(null)} /> : null}
      <ConfirmDialog
        open={asked === "disable"}
        onOpenChange={(open) => setAsked(open ? "disable" : null)}
        title={t("disableTitle", { name })}
        body={t("disableBody")}
        verb={t("disable")}
        onConfirm={disable}
      />
    </>
  );
}

interface MenuLinkProps {
  icon: typeof ListTree;
  href: string;
  label: string;
}

function MenuLink({ icon: Icon, href, label }: MenuLinkProps) {
  return (
    <MenuItem asChild>
      <Link href={href}>
        <Icon aria-hidden="true" className="text-ink-muted" />
        {label}
      </Link>
    </MenuItem>
  );
}

function useDeeds({ id, name }: User) {
  const t = useTranslations("adminUsers");
  const failureText = useFailureText();
  const update = useUpdateUser();
  const failed = (error: unknown) =>
    toast.failed(
      error instanceof ApiError && error.code === "conflict"
        ? t("wrong.lastAdmin")
        : failureText(error),
    );
  const enable = () =>
    update.mutate(
      { id, status: "active" },
      { onSuccess: () => toast.done(t("enabled", { name })), onError: failed },
    );
  const disable = () =>
    update
      .mutateAsync({ id, status: "disabled" })
      .then(
        () =>
          toast.done(t("disabled", { name }), { action: { label: t("enable"), onClick: enable } }),
        failed,
      );
  return { enable, disable };
}
