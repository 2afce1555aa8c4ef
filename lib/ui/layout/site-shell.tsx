import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../primitives/button";
import { LanguageMenu } from "./language-menu";
import { Logo } from "./logo";
import { SkipLink } from "./skip-link";
import { ThemeMenu } from "./theme-menu";

interface SiteShellProps {
  links: readonly { href: string; label: string }[];
  /** A reader who is signed in is offered the portal instead of the sign-in. */
  signedIn: boolean;
  children: ReactNode;
}

/** Header and footer of the public pages. */
export function SiteShell({ links, signedIn, children }: SiteShellProps) {
  const t = useTranslations("shell");
  const site = useTranslations("site");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-30 border-b bg-surface">
        <div className="mx-auto flex h-14 w-full max-w-content items-center gap-2 px-4 md:px-6">
          <Link href="/" className="flex items-center gap-2.5 rounded-md font-semibold">
            <Logo />
            {t("product")}
          </Link>
          <nav aria-label={site("nav.label")} className="ms-6 hidden flex-1 gap-1 sm:flex">
            {links.map((link) => (
              <Link
                key={link.href}
                href={link.href}
                className="rounded-md px-3 py-1.5 text-ink-muted hover:bg-hover hover:text-ink"
              >
                {link.label}
              </Link>
            ))}
          </nav>
          <div className="ms-auto flex items-center gap-1">
            <LanguageMenu />
            <ThemeMenu />
            <Button asChild size="sm" look="primary" className="ms-2">
              <Link href={signedIn ? "/overview" : "/sign-in"}>
                {t(signedIn ? "openPortal" : "signIn")}
              </Link>
            </Button>
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-content flex-1 flex-col px-4 py-10 outline-none md:px-6"
      >
        {children}
      </main>
      <footer className="border-t">
        <div className="mx-auto flex w-full max-w-content flex-wrap items-center justify-between gap-4 px-4 py-6 text-ink-muted text-sm md:px-6">
          <p>{site("footer")}</p>
          <nav aria-label={t("product")} className="flex flex-wrap gap-4">
            {links.map((link) => (
              <Link key={link.href} href={link.href} className="hover:text-ink hover:underline">
                {link.label}
              </Link>
            ))}
          </nav>
        </div>
      </footer>
    </div>
  );
}
