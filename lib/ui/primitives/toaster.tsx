"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner, toast as sonner } from "sonner";

/** Where short messages about finished work appear. Once around the app. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border border-line bg-raised px-4 py-3 text-base text-ink shadow-float",
          title: "font-medium",
          description: "text-ink-muted text-sm",
          icon: "mt-0.5 shrink-0 [&_svg]:size-4",
          success: "[&_[data-icon]]:text-good",
          error: "[&_[data-icon]]:text-bad",
          actionButton:
            "ms-auto shrink-0 rounded-md border border-line px-2.5 py-1 font-medium text-sm hover:bg-hover",
        },
      }}
    />
  );
}

interface ToastMore {
  description?: string;
  /** Mostly "Undo". */
  action?: { label: string; onClick: () => void };
}

/** Says that something has been done, or that it failed and what to do; never the only record of it. */
export const toast = {
  done: (message: string, more: ToastMore = {}) => void sonner.success(message, more),
  failed: (message: string, more: ToastMore = {}) =>
    void sonner.error(message, { duration: 8000, ...more }),
};
