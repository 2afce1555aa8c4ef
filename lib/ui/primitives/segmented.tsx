"use client";

import { ToggleGroup } from "radix-ui";

interface SegmentedProps {
  /** Read out as the name of the group. */
  label: string;
  choices: readonly { value: string; label: string }[];
  value: string;
  onValueChange: (value: string) => void;
}

/** One of a few short values in a row: a range of time, a unit, a view. */
export function Segmented({ label, choices, value, onValueChange }: SegmentedProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Radix answers "" when the chosen one is pressed again; one is always chosen here.
      onValueChange={(next) => next && onValueChange(next)}
      className="inline-flex h-8 shrink-0 items-center gap-0.5 rounded-md border border-line bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className="h-full rounded-sm px-2.5 text-ink-muted text-sm transition-colors hover:text-ink data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:outline-1 data-[state=on]:outline-line focus-visible:outline-2 focus-visible:outline-accent-text"
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
