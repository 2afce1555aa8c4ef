"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { TIME_ZONE_COOKIE } from "../i18n/locale";
import { keepPreference } from "./cookie";

/** Tells the server the reader's zone on the first visit and after a journey; renders nothing. */
export function TimeZoneKeeper() {
  const known = useTimeZone();
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    if (timeZone === known) return;
    keepPreference(TIME_ZONE_COOKIE, timeZone);
    router.refresh();
  }, [known, router]);
  return null;
}
