"use client";

import { RadioGroup as RadixRadio } from "radix-ui";
import { type ComponentProps, useId } from "react";
import { cn } from "../class-names";
import type { Choice } from "./select";

type RadioGroupProps = Omit<ComponentProps<typeof RadixRadio.Root>, "children"> & {
  choices: readonly Choice[];
};

/** One of a few values, all of them visible, each with a line that explains it. */
export function RadioGroup({ choices, className, ...rest }: RadioGroupProps) {
  const base = useId();
  return (
    <RadixRadio.Root className={cn("flex flex-col gap-3", className)} {...rest}>
      {choices.map(({ value, label, help, disabled }) => (
        <div key={value} className="flex items-start gap-2.5">
          <RadixRadio.Item
            id={`${base}-${value}`}
            value={value}
            disabled={disabled}
            aria-describedby={help ? `${base}-${value}-help` : undefined}
            className="group -mx-1 -mt-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-full disabled:opacity-55"
          >
            <span className="inline-flex size-4 items-center justify-center rounded-full border border-control bg-surface transition-colors group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent">
              <RadixRadio.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </span>
          </RadixRadio.Item>
          <div>
            <label htmlFor={`${base}-${value}`} className="font-medium">
              {label}
            </label>
            {help ? (
              <p id={`${base}-${value}-help`} className="text-ink-muted text-sm">
                {help}
              </p>
            ) : null}
          </div>
        </div>
      ))}
    </RadixRadio.Root>
  );
}
