"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { LOCALE_COOKIE, LOCALES, type Locale } from "../i18n/locale";
import { IconButton } from "../primitives/icon-button";
import { Menu, MenuChoices } from "../primitives/menu";
import { keepPreference } from "./cookie";

/** Every language under its own name: who cannot read the present one still finds theirs. */
const NAMES: Record<Locale, string> = { en: "English", zh: "简体中文" };
const LANGS: Record<Locale, string> = { en: "en", zh: "zh-Hans" };

/** Switches the language of the portal, at once and for later visits. */
export function LanguageMenu() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const [, start] = useTransition();
  return (
    <Menu trigger={<IconButton icon={Languages} label={t("language")} />}>
      <MenuChoices
        value={locale}
        choices={LOCALES.map((value) => ({ value, label: NAMES[value], lang: LANGS[value] }))}
        onValueChange={(next) => {
          keepPreference(LOCALE_COOKIE, next);
          start(() => router.refresh());
        }}
      />
    </Menu>
  );
}
