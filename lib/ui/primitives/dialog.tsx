"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../class-names";

export interface DialogProps {
  title: string;
  /** One sentence under the title: what this is for. */
  purpose?: ReactNode;
  /** The button that opens it; leave it out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  size?: "sm" | "md" | "lg";
  children?: ReactNode;
}

const WIDTHS = { sm: "sm:max-w-96", md: "sm:max-w-130", lg: "sm:max-w-180" } as const;

/** A window over the page for one short task. On phones it rises from the bottom. */
export function Dialog({
  title,
  purpose,
  trigger,
  actions,
  size = "md",
  children,
  ...state
}: DialogProps) {
  const noText = purpose ? {} : { "aria-describedby": undefined };
  return (
    <RadixDialog.Root {...state}>
      {trigger ? <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger> : null}
      <RadixDialog.Portal>
        <Scrim />
        <RadixDialog.Content
          {...noText}
          className={cn(
            "fixed z-50 flex max-h-[calc(100dvh-2rem)] flex-col rounded-lg border border-line bg-raised shadow-float outline-none",
            "inset-x-4 bottom-4 sm:inset-x-auto sm:start-1/2 sm:top-1/2 sm:bottom-auto sm:w-[calc(100%-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2",
            "fade-in-0 data-[state=open]:animate-in duration-150",
            WIDTHS[size],
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <RadixDialog.Title className="font-semibold text-lg">{title}</RadixDialog.Title>
              {purpose ? (
                <RadixDialog.Description className="text-ink-muted text-sm">
                  {purpose}
                </RadixDialog.Description>
              ) : null}
            </div>
            <CloseButton />
          </header>
          {children ? (
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          ) : null}
          {actions ? (
            <footer className="flex flex-col-reverse gap-2 border-line border-t px-5 py-3 sm:flex-row sm:justify-end">
              {actions}
            </footer>
          ) : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Closes the dialog around it; wraps its one child. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <RadixDialog.Close asChild>{children}</RadixDialog.Close>;
}

/** The dimmed page behind a dialog or sheet. */
export function Scrim() {
  return (
    <RadixDialog.Overlay className="fade-in-0 fixed inset-0 z-50 bg-scrim data-[state=open]:animate-in duration-150" />
  );
}

/** The cross at the corner of a dialog or sheet. */
export function CloseButton() {
  const t = useTranslations("ui");
  return (
    <RadixDialog.Close
      aria-label={t("close")}
      className="-me-1.5 inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
    >
      <X aria-hidden="true" className="size-4" />
    </RadixDialog.Close>
  );
}
