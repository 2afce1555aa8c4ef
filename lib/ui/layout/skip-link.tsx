import { useTranslations } from "next-intl";

/** The first stop of the keyboard on every page: past the navigation to `#content`. */
export function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2 focus:font-medium focus:text-on-accent"
    >
      {t("skip")}
    </a>
  );
}
