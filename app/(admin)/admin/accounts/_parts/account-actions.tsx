"use client";
import { useQuery } from "@tanstack/react-query";
import {
  FlaskConical,
  LogIn,
  LogOut,
  MoreHorizontal,
  Pause,
  Pencil,
  Play,
  RotateCcw,
  Trash2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { providersQuery } from "@/lib/client/queries/accounts";
import type { Account } from "@/lib/contracts/accounts";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { Dialog } from "@/lib/ui/primitives/dialog";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Menu, MenuItem, MenuLine } from "@/lib/ui/primitives/menu";
import { AccountTest } from "./account-test";
import { SignInAgain } from "./sign-in-again";
import { useAccountDeeds } from "./use-account-deeds";

interface AccountActionsProps {
  account: Account;
  onEdit: () => void;
  /** After the account was deleted. */
  onGone?: () => void;
  /** Leaves out the test where the page has one of its own. */
  withoutTest?: boolean;
}

/** Everything that can be done with an account. */
export function AccountActions({ account, onEdit, onGone, withoutTest }: AccountActionsProps) {
  const t = useTranslations("adminAccounts");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<"test" | "remove" | "signIn" | null>(null);
  const words = useTranslations("signIns");
  const { data: providers } = useQuery(providersQuery);
  const signsIn = providers?.find(({ id }) => id === account.provider)?.signIn;
  const deeds = useAccountDeeds(account);
  const { reset, remove } = deeds;
  const { name } = account;
  return (
    <>
      <Menu trigger={<IconButton icon={MoreHorizontal} label={t("menu", { name })} size="sm" />}>
        {withoutTest ? null : (
          <MenuItem icon={FlaskConical} onSelect={() => setAsked("test")}>
            {t("test")}
          </MenuItem>
        )}
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {common("edit")}
        </MenuItem>
        {signsIn ? (
          <MenuItem icon={LogIn} onSelect={() => setAsked("signIn")}>
            {words("again")}
          </MenuItem>
        ) : null}
        <ServiceItems account={account} deeds={deeds} />
        <MenuItem icon={RotateCcw} onSelect={reset}>
          {t("reset")}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} danger onSelect={() => setAsked("remove")}>
          {t("remove.verb")}
        </MenuItem>
      </Menu>
      {asked === "test" ? (
        <Dialog
          open
          onOpenChange={(open) => setAsked(open ? "test" : null)}
          title={`${t("test")}: ${name}`}
          purpose={t("detail.testPurpose")}
        >
          <AccountTest id={account.id} />
        </Dialog>
      ) : null}
      {asked === "signIn" ? <SignInAgain account={account} onClose={() => setAsked(null)} /> : null}
      <ConfirmDialog
        open={asked === "remove"}
        onOpenChange={(open) => setAsked(open ? "remove" : null)}
        title={t("remove.title", { name })}
        body={t("remove.body")}
        verb={t("remove.verb")}
        onConfirm={async () => {
          if (await remove()) onGone?.();
        }}
      />
    </>
  );
}

interface ServiceItemsProps {
  account: Account;
  deeds: ReturnType<typeof useAccountDeeds>;
}

/** Into service and out of it: paused at once, drained as its sessions end. */
function ServiceItems({ account, deeds }: ServiceItemsProps) {
  const t = useTranslations("adminAccounts");
  const { pause, resume, drain } = deeds;
  const { enabled } = account;
  const isDraining = account.state.kind === "draining";
  return (
    <>
      <MenuItem icon={enabled ? Pause : Play} onSelect={enabled ? pause : resume}>
        {t(enabled ? "pause" : "resume")}
      </MenuItem>
      {enabled ? (
        <MenuItem icon={isDraining ? Play : LogOut} onSelect={isDraining ? resume : drain}>
          {t(isDraining ? "resume" : "drain")}
        </MenuItem>
      ) : null}
    </>
  );
}
