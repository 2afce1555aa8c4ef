/** The language of a channel's messages. */
export function localeOf({ locale }: { locale: string }): "en" | "zh" {
  return locale === "zh" ? "zh" : "en";
}
