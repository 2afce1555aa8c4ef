import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageMenu } from "./language-menu";
import { Logo } from "./logo";
import { SkipLink } from "./skip-link";
import { ThemeMenu } from "./theme-menu";

/** The quiet page around sign-in, sign-up, set-up and reset: one narrow column. */
export function AuthShell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex h-14 items-center justify-between px-4 md:px-6">
        <Link href="/" className="flex items-center gap-2.5 rounded-md font-semibold">
          <Logo />
          {t("product")}
        </Link>
        <div className="flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="flex flex-1 flex-col items-center px-4 pt-[8dvh] pb-16 outline-none"
      >
        <div className="flex w-full max-w-100 flex-col gap-6">{children}</div>
      </main>
    </div>
  );
}
