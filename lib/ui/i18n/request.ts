import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, chooseTimeZone, LOCALE_COOKIE, TIME_ZONE_COOKIE } from "./locale";
import { messagesByLocale } from "./messages";

/** Language, words, zone and moment of one request, for next-intl on the server. */
const requestConfig: ReturnType<typeof getRequestConfig> = getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  return {
    locale,
    messages: messagesByLocale[locale],
    timeZone: chooseTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
    now: new Date(),
  };
});

// next-intl's plugin loads this file by its default export.
export default requestConfig;
