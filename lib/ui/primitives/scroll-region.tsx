import type { ReactNode } from "react";

interface ScrollRegionProps {
  /** What scrolls here, read out as its name. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A part of the page that scrolls by itself, by keyboard too. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or a keyboard cannot scroll it.
      tabIndex={0}
      className={className}
    >
      {children}
    </section>
  );
}
