"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { cn } from "../class-names";
import { CommandPalette } from "../primitives/command-palette";
import { CommandSources } from "../primitives/command-sources";
import { IconButton } from "../primitives/icon-button";
import { Sheet } from "../primitives/sheet";
import { LanguageMenu } from "./language-menu";
import { Logo } from "./logo";
import { currentItem, type NavGroup } from "./nav-icons";
import { NavList } from "./nav-list";
import { SkipLink } from "./skip-link";
import { ThemeMenu } from "./theme-menu";
import { type ShellUser, UserMenu } from "./user-menu";

interface AppShellProps {
  /** The admin area has a line in the accent colour, so that one knows where one is. */
  area: "portal" | "admin";
  homeHref: string;
  groups: readonly NavGroup[];
  user: ShellUser;
  otherArea?: { area: "admin" | "portal"; href: string };
  onSignOut: () => void;
  children: ReactNode;
}

/** Rail, top bar and content of the signed-in pages. */
export function AppShell(props: AppShellProps) {
  const { area, homeHref, groups, user, otherArea, onSignOut, children } = props;
  const path = usePathname();
  const pages = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  return (
    <CommandSources>
      <SkipLink />
      <div className="grid min-h-dvh grid-cols-1 md:grid-cols-[4rem_minmax(0,1fr)] rail:grid-cols-[14.5rem_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-line border-e bg-surface px-3 pb-4 md:flex">
          <Home href={homeHref} area={area} />
          <NavList groups={groups} place="rail" />
        </aside>
        <div className="flex min-w-0 flex-col">
          <header
            className={cn(
              "sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-surface px-4 md:px-6",
              area === "admin" && "border-accent shadow-[0_1px_0_var(--accent)]",
            )}
          >
            <PhoneMenu area={area} groups={groups} />
            <span className="min-w-0 flex-1 truncate font-medium">
              {currentItem(groups, path)?.label}
            </span>
            <CommandPalette pages={pages} />
            <LanguageMenu />
            <ThemeMenu />
            <UserMenu user={user} other={otherArea} onSignOut={onSignOut} />
          </header>
          <main id="content" tabIndex={-1} className="flex-1 px-4 py-6 outline-none md:px-6">
            <div className="mx-auto flex w-full max-w-content flex-col gap-6">{children}</div>
          </main>
        </div>
      </div>
    </CommandSources>
  );
}

type PhoneMenuProps = Pick<AppShellProps, "area" | "groups">;

function PhoneMenu({ area, groups }: PhoneMenuProps) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  return (
    <div className="-ms-2 md:hidden">
      <Sheet
        side="start"
        title={t(area === "admin" ? "adminArea" : "product")}
        open={open}
        onOpenChange={setOpen}
        trigger={<IconButton icon={MenuIcon} label={t("openMenu")} />}
      >
        <NavList groups={groups} place="sheet" onGo={() => setOpen(false)} />
      </Sheet>
    </div>
  );
}

interface HomeProps {
  href: string;
  area: AppShellProps["area"];
}

function Home({ href, area }: HomeProps) {
  const t = useTranslations("shell");
  return (
    <Link
      href={href}
      className="flex h-14 shrink-0 items-center justify-center gap-2.5 rounded-md rail:justify-start rail:px-2"
    >
      <Logo />
      <span className="sr-only min-w-0 rail:not-sr-only">
        <span className="block truncate font-semibold">{t("product")}</span>
        {area === "admin" ? (
          <span className="block truncate text-accent-text text-xs">{t("adminArea")}</span>
        ) : null}
      </span>
    </Link>
  );
}
