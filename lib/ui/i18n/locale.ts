/** Languages that the portal speaks, the fallback first. */
export const LOCALES = ["en", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = "locale";
/** IANA name of the reader's time zone, so that the server can render the reader's own days. */
export const TIME_ZONE_COOKIE = "tz";

const isLocale = (text: string): text is Locale => LOCALES.some((locale) => locale === text);

/** The reader's language: their own choice (cookie), else the best of Accept-Language, else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (cookie && isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map(readPreference)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return LOCALES[0];
}

function readPreference(part: string): { language: string; quality: number } {
  const [tag = "", ...parameters] = part.trim().split(";");
  const weight = parameters.find((parameter) => parameter.trim().startsWith("q="));
  const quality = weight ? Number(weight.trim().slice(2)) : 1;
  const language = tag.split("-")[0]?.toLowerCase() ?? "";
  return { language, quality: Number.isFinite(quality) ? quality : 0 };
}

/** The zone from the cookie when the platform knows it, else UTC. */
export function chooseTimeZone(cookie: string | undefined): string {
  if (!cookie) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: cookie }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
