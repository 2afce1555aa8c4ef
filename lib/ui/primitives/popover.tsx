"use client";

import { Popover as RadixPopover } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../class-names";

interface PopoverProps {
  trigger: ReactNode;
  /** Read out as the name of the panel. */
  label: string;
  align?: "start" | "center" | "end";
  /** For a panel that closes itself when its work is done. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** A small panel beside a button, for a few controls or a longer explanation. */
export function Popover(props: PopoverProps) {
  const { trigger, label, align = "start", className, children, ...state } = props;
  return (
    <RadixPopover.Root {...state}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "fade-in-0 z-50 w-72 animate-in rounded-lg border border-line bg-raised p-4 shadow-float outline-none duration-120",
            className,
          )}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
