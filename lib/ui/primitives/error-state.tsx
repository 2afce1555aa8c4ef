"use client";

import { RefreshCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "./button";
import { MessageState } from "./message-state";

interface ErrorStateProps {
  title?: string;
  /** What happened, in words for the reader; a general sentence without it. */
  message?: string;
  onRetry?: () => void;
  /** The request id, to quote to an administrator. */
  reference?: string;
  level?: 1 | 2 | 3;
  className?: string;
}

/** A part of the page that could not be loaded, with a way to try again. */
export function ErrorState({
  title,
  message,
  onRetry,
  reference,
  level,
  className,
}: ErrorStateProps) {
  const t = useTranslations("ui.error");
  return (
    <div role="alert">
      <MessageState
        icon={TriangleAlert}
        tone="bad"
        level={level}
        className={className}
        title={title ?? t("title")}
        body={message ?? t("body")}
        action={
          onRetry ? (
            <Button onClick={onRetry}>
              <RefreshCw aria-hidden="true" />
              {t("retry")}
            </Button>
          ) : null
        }
        more={
          reference ? (
            <span className="font-mono text-ink-muted">{t("reference", { id: reference })}</span>
          ) : null
        }
      />
    </div>
  );
}
