"use client";

import { LogOut, ShieldCheck, SquareUser } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Avatar } from "../primitives/avatar";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../primitives/menu";

export interface ShellUser {
  name: string;
  email: string;
}

interface UserMenuProps {
  user: ShellUser;
  /** The other area, for those who may enter it. */
  other?: { area: "admin" | "portal"; href: string };
  onSignOut: () => void;
}

const OTHER_AREA = {
  admin: { icon: ShieldCheck, word: "toAdmin" },
  portal: { icon: SquareUser, word: "toPortal" },
} as const;

/** Who is signed in, the way to the other area, and the way out. */
export function UserMenu({ user, other, onSignOut }: UserMenuProps) {
  const t = useTranslations("shell");
  const name = user.name || user.email;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t("userMenu", { name })}
          className="rounded-full p-0.5 hover:bg-hover"
        >
          <Avatar name={name} />
        </button>
      }
    >
      <MenuLabel>
        <span className="block max-w-60 truncate font-medium text-base text-ink">{name}</span>
        <span className="block max-w-60 truncate">{user.email}</span>
      </MenuLabel>
      <MenuLine />
      {other ? <OtherArea {...other} /> : null}
      <MenuItem icon={LogOut} onSelect={onSignOut}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}

function OtherArea({ area, href }: { area: "admin" | "portal"; href: string }) {
  const t = useTranslations("shell");
  const { icon: Icon, word } = OTHER_AREA[area];
  return (
    <MenuItem asChild>
      <Link href={href}>
        <Icon aria-hidden="true" className="text-ink-muted" />
        {t(word)}
      </Link>
    </MenuItem>
  );
}
