import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { pageContext } from "@/lib/server/page";
import { SiteShell } from "@/lib/ui/layout/site-shell";

export default async function SiteLayout({ children }: { children: ReactNode }) {
  const [{ actor }, t] = await Promise.all([pageContext("anyone"), getTranslations("site")]);
  return (
    <SiteShell links={[{ href: "/", label: t("nav.home") }]} signedIn={actor.kind === "user"}>
      {children}
    </SiteShell>
  );
}
