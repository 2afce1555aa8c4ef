import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { pageContext } from "@/lib/server/page";
import { adminNav } from "../../_parts/nav";
import { SignedInShell } from "../../_parts/signed-in-shell";
import { signedInUser } from "../../_parts/signed-in-user";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const [{ actor }, t] = await Promise.all([pageContext("admin"), getTranslations("shell")]);
  const { name, email } = signedInUser(actor);
  return (
    <SignedInShell
      area="admin"
      homeHref="/admin"
      groups={adminNav(t)}
      user={{ name, email }}
      otherArea={{ area: "portal", href: "/overview" }}
    >
      {children}
    </SignedInShell>
  );
}
