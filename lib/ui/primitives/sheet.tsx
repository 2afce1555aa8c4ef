"use client";

import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import { CloseButton, Scrim } from "./dialog";

interface SheetProps {
  title: string;
  purpose?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  actions?: ReactNode;
  side?: "start" | "end";
  children: ReactNode;
}

/** A panel from the side for the details of one thing, while its list stays where it was. */
export function Sheet({
  title,
  purpose,
  trigger,
  actions,
  side = "end",
  children,
  ...state
}: SheetProps) {
  const noText = purpose ? {} : { "aria-describedby": undefined };
  return (
    <RadixDialog.Root {...state}>
      {trigger ? <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger> : null}
      <RadixDialog.Portal>
        <Scrim />
        <RadixDialog.Content
          {...noText}
          className={cn(
            "fixed inset-y-0 z-50 flex w-full flex-col border-line bg-raised shadow-float outline-none data-[state=open]:animate-in duration-180",
            side === "end"
              ? "slide-in-from-right-8 fade-in-0 end-0 max-w-136 border-s"
              : "slide-in-from-left-8 fade-in-0 start-0 max-w-72 border-e",
          )}
        >
          <header className="flex items-start gap-4 border-line border-b px-5 py-3.5">
            <div className="flex min-w-0 flex-1 flex-col gap-0.5">
              <RadixDialog.Title className="truncate font-semibold text-lg">
                {title}
              </RadixDialog.Title>
              {purpose ? (
                <RadixDialog.Description className="text-ink-muted text-sm">
                  {purpose}
                </RadixDialog.Description>
              ) : null}
            </div>
            <CloseButton />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
          {actions ? (
            <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">
              {actions}
            </footer>
          ) : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
