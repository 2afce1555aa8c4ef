"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../class-names";

/** A box to tick; `checked="indeterminate"` for "some of them". Needs a label or `aria-label`. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof RadixCheckbox.Root>) {
  return (
    <RadixCheckbox.Root
      // 24 px to press around a box of 16.
      className={cn(
        "group -m-1 inline-flex align-middle size-6 shrink-0 items-center justify-center rounded-md disabled:opacity-55",
        className,
      )}
      {...rest}
    >
      <span className="inline-flex size-4 items-center justify-center rounded-sm border border-control bg-surface text-on-accent transition-colors group-aria-invalid:border-bad group-data-[state=checked]:border-accent group-data-[state=indeterminate]:border-accent group-data-[state=checked]:bg-accent group-data-[state=indeterminate]:bg-accent">
        <RadixCheckbox.Indicator>
          <Check aria-hidden="true" className="size-3.5 group-data-[state=indeterminate]:hidden" />
          <Minus
            aria-hidden="true"
            className="hidden size-3.5 group-data-[state=indeterminate]:block"
          />
        </RadixCheckbox.Indicator>
      </span>
    </RadixCheckbox.Root>
  );
}
