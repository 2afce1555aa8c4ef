import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { pageContext } from "@/lib/server/page";
import { portalNav } from "../_parts/nav";
import { SignedInShell } from "../_parts/signed-in-shell";
import { signedInUser } from "../_parts/signed-in-user";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const [{ actor }, t] = await Promise.all([pageContext("member"), getTranslations("shell")]);
  const { name, email, role } = signedInUser(actor);
  return (
    <SignedInShell
      area="portal"
      homeHref="/overview"
      groups={portalNav(t)}
      user={{ name, email }}
      otherArea={role === "admin" ? { area: "admin", href: "/admin" } : undefined}
    >
      {children}
    </SignedInShell>
  );
}
