"use client";

import { errors as english } from "@/lib/ui/i18n/messages/en/errors";
import { errors as chinese } from "@/lib/ui/i18n/messages/zh/errors";
import "./globals.css";

interface GlobalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/**
 * When even the root layout failed there is no provider of words or theme left: this page brings
 * its own, in the language of the browser.
 */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  const inChinese = typeof navigator !== "undefined" && navigator.language.startsWith("zh");
  const words = inChinese ? chinese.crash : english.crash;
  return (
    <html lang={inChinese ? "zh-Hans" : "en"}>
      <body>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-2 px-4 text-center">
          <h1 className="font-semibold text-xl">{words.title}</h1>
          <p className="max-w-110 text-ink-muted">{words.body}</p>
          {error.digest ? (
            <p className="font-mono text-ink-muted text-sm">
              {words.reference.replace("{id}", error.digest)}
            </p>
          ) : null}
          <button
            type="button"
            onClick={reset}
            className="mt-3 h-9 rounded-md bg-accent px-4 font-medium text-on-accent hover:bg-accent-hover"
          >
            {words.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
