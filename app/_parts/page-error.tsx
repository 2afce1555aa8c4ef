"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/lib/ui/primitives/error-state";

export interface PageErrorProps {
  /** The digest is the only thing that the server lets out about the cause. */
  error: Error & { digest?: string };
  reset: () => void;
}

/** Stands in the content of an area where one of its pages failed; the navigation stays. */
export function PageError({ error, reset }: PageErrorProps) {
  const t = useTranslations("errors.crash");
  return (
    <ErrorState
      level={1}
      title={t("title")}
      message={t("body")}
      onRetry={reset}
      reference={error.digest}
    />
  );
}
