import type { Browser, BrowserContext } from "playwright";

/** A language, a theme and a width in which every view is photographed. */
export interface Look {
  locale: "en" | "zh";
  theme: "light" | "dark";
  width: 1440 | 390;
}

const HEIGHTS = { 1440: 900, 390: 844 } as const;
const LANGUAGES = { en: "en-GB", zh: "zh-CN" } as const;

export const LOOKS: readonly Look[] = (["en", "zh"] as const).flatMap((locale) =>
  (["light", "dark"] as const).flatMap((theme) =>
    ([1440, 390] as const).map((width) => ({ locale, theme, width })),
  ),
);

/** "en-dark-390": the end of a picture's name. */
export const lookName = ({ locale, theme, width }: Look): string => `${locale}-${theme}-${width}`;

/** A browser that a reader with this look would have, signed out and without any choice made. */
export function contextOf(browser: Browser, base: string, look: Look): Promise<BrowserContext> {
  const { locale, theme, width } = look;
  return browser.newContext({
    baseURL: base,
    locale: LANGUAGES[locale],
    colorScheme: theme,
    viewport: { width, height: HEIGHTS[width] },
    reducedMotion: "reduce",
    timezoneId: "Europe/Berlin",
    hasTouch: width === 390,
    isMobile: width === 390,
  });
}
