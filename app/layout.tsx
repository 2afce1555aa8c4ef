import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Providers } from "@/lib/ui/layout/providers";
import { QueryProvider } from "./_parts/query-provider";
import "./globals.css";

const HTML_LANG = { en: "en", zh: "zh-Hans" } as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    icons: { icon: "/icon.svg" },
  };
}

export const viewport: Viewport = {
  // The surfaces of both themes, for the frame of phone browsers.
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfdfe" },
    { media: "(prefers-color-scheme: dark)", color: "#121418" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, head] = await Promise.all([getLocale(), headers()]);
  return (
    <html
      lang={HTML_LANG[locale]}
      // The theme's class is set before the first paint, by a script that the server does not run.
      suppressHydrationWarning
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <NextIntlClientProvider>
          <Providers nonce={head.get("x-nonce") ?? undefined}>
            <QueryProvider>{children}</QueryProvider>
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
