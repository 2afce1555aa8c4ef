"use client";

import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "../class-names";

const ITEM =
  "relative flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2 py-1.5 text-base outline-none data-disabled:pointer-events-none data-disabled:opacity-55 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

/** A list of deeds or choices that drops from a button. */
export function Menu({ trigger, align = "end", children }: MenuProps) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && setPlace(mainPart())}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={place}>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="fade-in-0 z-50 min-w-44 animate-in rounded-lg border border-line bg-raised p-1 shadow-float duration-120"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/**
 * Where a menu opens: in the main part of the page, so that whoever goes by landmarks comes across
 * it. Looked up as late as that, since a page that is still coming has the main part of the last one.
 */
const mainPart = () => document.getElementById("content");

interface MenuItemProps {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  onSelect?: () => void;
  /** Renders the one child (a link) as the item. */
  asChild?: boolean;
  children: ReactNode;
}

/** One deed of a menu. */
export function MenuItem({ icon: Icon, danger, asChild, children, ...rest }: MenuItemProps) {
  const classes = cn(ITEM, danger && "text-bad");
  if (asChild) {
    return (
      <DropdownMenu.Item asChild className={classes} {...rest}>
        {children}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item className={classes} {...rest}>
      {Icon ? <Icon aria-hidden="true" className={danger ? "" : "text-ink-muted"} /> : null}
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuChoicesProps {
  value: string;
  onValueChange: (value: string) => void;
  choices: readonly { value: string; label: string; lang?: string }[];
}

/** One of several values inside a menu, the present one ticked. */
export function MenuChoices({ value, onValueChange, choices }: MenuChoicesProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onValueChange}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem
          key={choice.value}
          value={choice.value}
          lang={choice.lang}
          className={cn(ITEM, "pe-8")}
        >
          {choice.label}
          <DropdownMenu.ItemIndicator className="absolute end-2 text-accent-text">
            <Check aria-hidden="true" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

interface MenuCheckProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Something to switch on and off inside a menu, which stays open. */
export function MenuCheck({ checked, onCheckedChange, children }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={cn(ITEM, "ps-8")}
    >
      <DropdownMenu.ItemIndicator className="absolute start-2 text-accent-text">
        <Check aria-hidden="true" />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

/** A quiet line of text above a group of items. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 py-1.5 text-ink-muted text-sm">
      {children}
    </DropdownMenu.Label>
  );
}

/** A line between groups of items. */
export function MenuLine() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
