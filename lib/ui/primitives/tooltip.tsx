"use client";

import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "../class-names";

/** Once around the app: neighbouring tips then open without a second wait. */
export function TipProvider({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delayDuration={250}>{children}</Tooltip.Provider>;
}

interface TipProps {
  text: ReactNode;
  /** One element that can take focus, or else keyboard readers never meet the text. */
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
  /** Opens on tap and click as well: for tips that hold the reason of a state. */
  onTap?: boolean;
}

/** A short text on hover and focus. Never the only place of something that one must know. */
export function Tip({ text, children, side = "top", className, onTap = false }: TipProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      <Tooltip.Trigger
        asChild
        onClick={(event) => {
          if (!onTap) return;
          // Radix closes a tip on click; a tip that opens on tap must survive its own click.
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "z-50 max-w-72 text-pretty rounded-md border border-line bg-raised px-2.5 py-1.5 text-ink text-sm shadow-float",
            "fade-in-0 zoom-in-95 animate-in duration-120",
            className,
          )}
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
