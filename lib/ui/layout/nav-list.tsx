"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "../class-names";
import { Tip } from "../primitives/tooltip";
import { currentItem, NAV_ICONS, type NavGroup, type NavItem } from "./nav-icons";

interface NavListProps {
  groups: readonly NavGroup[];
  /** In the rail the words disappear on narrow windows; in the sheet of phones they stay. */
  place: "rail" | "sheet";
  onGo?: () => void;
}

/** The pages of an area. The open one is marked for the eye and for the screen reader. */
export function NavList({ groups, place, onGo }: NavListProps) {
  const t = useTranslations("shell");
  const path = usePathname();
  const current = currentItem(groups, path);
  return (
    <nav aria-label={t("mainNavigation")} className="flex flex-col gap-5">
      {groups.map((group) => (
        <div key={group.id} className="flex flex-col gap-0.5">
          {group.label ? (
            <p
              className={cn(
                "px-2.5 pb-1 text-ink-muted text-xs",
                place === "rail" && "sr-only rail:not-sr-only rail:px-2.5 rail:pb-1",
              )}
            >
              {group.label}
            </p>
          ) : null}
          <ul className="flex flex-col gap-0.5">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} open={item === current} place={place} onGo={onGo} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface NavLinkProps extends Pick<NavListProps, "place" | "onGo"> {
  item: NavItem;
  open: boolean;
}

function NavLink({ item, open, place, onGo }: NavLinkProps) {
  const Icon = NAV_ICONS[item.icon];
  const rail = place === "rail";
  const link = (
    <Link
      href={item.href}
      aria-current={open ? "page" : undefined}
      onClick={onGo}
      className={cn(
        "flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium transition-colors",
        rail && "justify-center rail:justify-start",
        open ? "bg-accent-soft text-accent-text" : "text-ink-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <span className={cn("truncate", rail && "sr-only rail:not-sr-only")}>{item.label}</span>
    </Link>
  );
  if (!rail) return link;
  return (
    <Tip text={item.label} side="right" className="rail:hidden">
      {link}
    </Tip>
  );
}
