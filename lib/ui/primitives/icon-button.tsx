"use client";

import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../class-names";
import { Tip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: LucideIcon;
  /** What it does: read out, and shown as a tooltip. */
  label: string;
  size?: "sm" | "md";
};

/** A square button with an icon; its name appears on hover and focus. */
export function IconButton({
  icon: Icon,
  label,
  size = "md",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tip text={label}>
      <button
        type="button"
        aria-label={label}
        className={cn(
          "inline-flex shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-55 data-[state=open]:bg-hover",
          size === "sm" ? "size-7" : "size-9",
          className,
        )}
        {...rest}
      >
        <Icon aria-hidden="true" className="size-4" />
      </button>
    </Tip>
  );
}
