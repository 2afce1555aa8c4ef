import { z } from "zod";
import type { DbClient } from "../../lib/db/client";
import { signInOverHttp } from "../relay/support/browser-session";
import type { Portal } from "../relay/support/portal";
import { NO_PLACES, type Places, type Reader, type View } from "../support/views";

/** Who looks at the pages of a stage, and what their addresses hold. */
export interface Visit {
  cookies: Readonly<Record<Reader, string>>;
  places: Places;
}

const NO_COOKIES = { nobody: "", newcomer: "", member: "", admin: "" };
export const NOBODY_YET: Visit = { cookies: NO_COOKIES, places: NO_PLACES };

const Link = z.object({ url: z.string() });

/** What is to be seen only while there is no admin. */
export async function viewsBeforeSetUp(portal: Portal): Promise<View[]> {
  const { url } = Link.parse(await portal.portal("setup-link"));
  return [
    { name: "set-up", as: "nobody", address: url },
    { name: "sign-in-before-set-up", as: "nobody", address: "/sign-in" },
  ];
}

/** The administration before anything was added. */
export const EMPTY_VIEWS: readonly View[] = [
  { name: "admin-overview-empty", as: "admin", address: "/admin" },
  { name: "admin-accounts-empty", as: "admin", address: "/admin/accounts" },
  { name: "admin-requests-empty", as: "admin", address: "/admin/requests" },
  { name: "admin-keys-empty", as: "admin", address: "/admin/keys" },
];

/** The first admin of a portal that holds nothing else. */
export async function founder(portal: Portal): Promise<Visit> {
  const email = "founder@example.org";
  const { password } = await portal.createUser(email, "admin");
  const admin = await signInOverHttp(portal.url, email, password);
  return { cookies: { ...NO_COOKIES, admin }, places: NO_PLACES };
}

/** What the readers of each area see when a page of it fails. */
export const BROKEN_VIEWS: readonly View[] = [
  { name: "error-site", as: "nobody", address: "/" },
  { name: "error-sign-in", as: "nobody", address: "/sign-in" },
  { name: "error-member", as: "member", address: "/requests" },
  { name: "error-admin", as: "admin", address: "/admin/requests" },
];

/** Takes away tables that these pages read; nothing works on them afterwards. */
export async function breakPages(db: DbClient): Promise<void> {
  await db.$executeRaw`ALTER TABLE setting RENAME TO setting_gone`;
  await db.$executeRaw`ALTER TABLE request RENAME TO request_gone`;
}
