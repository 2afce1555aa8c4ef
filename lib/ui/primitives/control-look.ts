import { cva } from "class-variance-authority";

/** What every box that takes text or a choice looks like. */
export const controlLook = cva(
  "w-full min-w-0 rounded-md border border-control bg-surface text-base text-ink transition-colors placeholder:text-ink-faint disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-bad focus-visible:outline-2 focus-visible:outline-accent-text focus-visible:outline-offset-0",
  {
    variants: { size: { sm: "h-8 px-2.5 text-sm", md: "h-9 px-3" } },
    defaultVariants: { size: "md" },
  },
);
