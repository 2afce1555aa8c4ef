import type { getTranslations } from "next-intl/server";
import type { NavGroup } from "@/lib/ui/layout/nav-icons";

type ShellWords = Awaited<ReturnType<typeof getTranslations<"shell">>>;

/** The pages of the member area, in the order in which a newcomer needs them. */
export function portalNav(t: ShellWords): readonly NavGroup[] {
  return [
    {
      id: "work",
      items: [
        { href: "/overview", label: t("nav.overview"), icon: "overview" },
        { href: "/connect", label: t("nav.connect"), icon: "connect" },
        { href: "/keys", label: t("nav.keys"), icon: "keys" },
      ],
    },
    {
      id: "look",
      label: t("groups.look"),
      items: [
        { href: "/usage", label: t("nav.usage"), icon: "usage" },
        { href: "/requests", label: t("nav.requests"), icon: "requests" },
      ],
    },
    {
      id: "you",
      label: t("groups.you"),
      items: [{ href: "/settings", label: t("nav.settings"), icon: "settings" }],
    },
  ];
}

/** The pages of the admin area. */
export function adminNav(t: ShellWords): readonly NavGroup[] {
  return [
    {
      id: "look",
      items: [
        { href: "/admin", label: t("nav.adminOverview"), icon: "overview" },
        { href: "/admin/requests", label: t("nav.adminRequests"), icon: "requests" },
      ],
    },
    {
      id: "pool",
      label: t("groups.pool"),
      items: [
        { href: "/admin/accounts", label: t("nav.accounts"), icon: "accounts" },
        { href: "/admin/groups", label: t("nav.adminGroups"), icon: "groups" },
        { href: "/admin/routing", label: t("nav.adminRouting"), icon: "routing" },
        { href: "/admin/import", label: t("nav.adminImport"), icon: "import" },
        { href: "/admin/models", label: t("nav.adminModels"), icon: "models" },
        { href: "/admin/translation", label: t("nav.adminTranslation"), icon: "translation" },
      ],
    },
    {
      id: "people",
      label: t("groups.people"),
      items: [
        { href: "/admin/users", label: t("nav.users"), icon: "users" },
        { href: "/admin/keys", label: t("nav.adminKeys"), icon: "keys" },
      ],
    },
    {
      id: "system",
      label: t("groups.system"),
      items: [
        {
          href: "/admin/notifications",
          label: t("nav.adminNotifications"),
          icon: "notifications",
        },
        { href: "/admin/audit", label: t("nav.adminAudit"), icon: "audit" },
        { href: "/admin/settings", label: t("nav.adminSettings"), icon: "settings" },
      ],
    },
  ];
}
