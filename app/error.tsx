"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/lib/ui/primitives/error-state";

interface PageErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** Stands where a page failed. The digest is the only thing the server lets out about the cause. */
export default function PageError({ error, reset }: PageErrorProps) {
  const t = useTranslations("errors.crash");
  return (
    <ErrorState
      level={1}
      title={t("title")}
      message={t("body")}
      onRetry={reset}
      reference={error.digest}
      className="min-h-[60dvh] justify-center"
    />
  );
}
