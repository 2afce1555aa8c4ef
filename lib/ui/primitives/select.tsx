"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import { cn } from "../class-names";
import { controlLook } from "./control-look";
import { usePageNonce } from "./page-nonce";

export interface Choice {
  value: string;
  label: string;
  /** A second line in the list. */
  help?: string;
  disabled?: boolean;
}

interface SelectProps {
  choices: readonly Choice[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  placeholder?: string;
  size?: "sm" | "md";
  name?: string;
  disabled?: boolean;
  id?: string;
  className?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** One of several values. Radix reserves the empty string, so "no choice" needs a value of its own. */
export function Select({
  choices,
  placeholder,
  size = "md",
  className,
  value,
  defaultValue,
  onValueChange,
  name,
  disabled,
  ...trigger
}: SelectProps) {
  const nonce = usePageNonce();
  const shown = choices.find((choice) => choice.value === value)?.label;
  return (
    <RadixSelect.Root {...{ value, defaultValue, onValueChange, name, disabled }}>
      <RadixSelect.Trigger
        className={cn(
          controlLook({ size }),
          "inline-flex items-center justify-between gap-2 text-start data-placeholder:text-ink-faint [&>span]:truncate",
          className,
        )}
        {...trigger}
      >
        {/* Named here as well as in the list: the list is not rendered on the server. */}
        <RadixSelect.Value placeholder={placeholder}>{shown}</RadixSelect.Value>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="fade-in-0 z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 animate-in overflow-hidden rounded-lg border border-line bg-raised p-1 shadow-float duration-120"
        >
          <RadixSelect.Viewport nonce={nonce}>
            {choices.map((choice) => (
              <Item key={choice.value} {...choice} />
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}

function Item({ value, label, help, disabled }: Choice) {
  return (
    <RadixSelect.Item
      value={value}
      disabled={disabled}
      className="relative flex min-h-8 cursor-default select-none flex-col justify-center rounded-md py-1.5 ps-2 pe-8 text-base outline-none data-disabled:opacity-55 data-highlighted:bg-hover"
    >
      <RadixSelect.ItemText>{label}</RadixSelect.ItemText>
      {help ? <span className="text-ink-muted text-sm">{help}</span> : null}
      <RadixSelect.ItemIndicator className="absolute end-2 text-accent-text">
        <Check aria-hidden="true" className="size-4" />
      </RadixSelect.ItemIndicator>
    </RadixSelect.Item>
  );
}
