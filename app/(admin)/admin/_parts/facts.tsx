import type { ReactNode } from "react";

/** What is known about a thing, as names and values in two columns. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2.5">
      {children}
    </dl>
  );
}

interface FactProps {
  name: string;
  children: ReactNode;
}

/** One line of `Facts`. */
export function Fact({ name, children }: FactProps) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
