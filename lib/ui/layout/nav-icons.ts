import {
  Activity,
  ArrowLeftRight,
  BellRing,
  Box,
  Cable,
  ChartNoAxesColumn,
  CircleGauge,
  FileClock,
  Import,
  KeyRound,
  Layers,
  ListTree,
  type LucideIcon,
  MessagesSquare,
  ServerCog,
  Settings,
  Split,
  Ticket,
  Users,
  Wallet,
} from "lucide-react";

/** Icons of the rail by name, so that the list of pages can be plain data from the server. */
export const NAV_ICONS = {
  overview: CircleGauge,
  connect: Cable,
  keys: KeyRound,
  usage: ChartNoAxesColumn,
  requests: ListTree,
  billing: Wallet,
  playground: MessagesSquare,
  settings: Settings,
  accounts: ServerCog,
  groups: Layers,
  users: Users,
  models: Box,
  translation: ArrowLeftRight,
  routing: Split,
  import: Import,
  notifications: BellRing,
  queues: Activity,
  codes: Ticket,
  audit: FileClock,
} as const satisfies Record<string, LucideIcon>;

export type NavIcon = keyof typeof NAV_ICONS;

export interface NavItem {
  href: string;
  label: string;
  icon: NavIcon;
}

export interface NavGroup {
  id: string;
  /** A quiet line above the group; none for the first. */
  label?: string;
  items: readonly NavItem[];
}

/** The item whose page, or a page below it, is open: the longest address that fits. */
export function currentItem(groups: readonly NavGroup[], path: string): NavItem | null {
  const fitting = groups
    .flatMap((group) => group.items)
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length);
  return fitting[0] ?? null;
}
