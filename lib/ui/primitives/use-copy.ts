"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "./toaster";

const CONFIRM_MS = 1600;

/** Copies to the clipboard; `copied` stays true for a moment so that the button can say so. */
export function useCopy(): { copied: boolean; copy: (text: string) => Promise<void> } {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Plain http and some embedded browsers have no clipboard.
      toast.failed(t("copyFailed"));
    }
  };
  return { copied, copy };
}
