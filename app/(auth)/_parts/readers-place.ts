import type { Locale } from "@/lib/ui/i18n/locale";

/** What a new account takes over from the browser that makes it. */
export function readersPlace(locale: Locale): { locale: Locale; timeZone: string } {
  return { locale, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
}
