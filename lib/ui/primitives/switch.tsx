"use client";

import { Switch as RadixSwitch } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../class-names";

/** On or off, taking effect at once. In a form that is saved as a whole use `Checkbox`. */
export function Switch({ className, ...rest }: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      className={cn(
        "inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-control transition-colors disabled:opacity-55 data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <RadixSwitch.Thumb className="block size-5 translate-x-0.5 rounded-full bg-on-accent transition-transform data-[state=checked]:translate-x-4.5" />
    </RadixSwitch.Root>
  );
}
