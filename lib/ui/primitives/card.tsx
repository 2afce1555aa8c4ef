import type { ReactNode } from "react";
import { cn } from "../class-names";

interface CardProps {
  title?: ReactNode;
  purpose?: ReactNode;
  /** Controls at the right of the title. */
  actions?: ReactNode;
  /** No inner padding: for tables and lists that reach the edge. */
  flush?: boolean;
  /** Level of the title in the page's outline. */
  level?: 2 | 3;
  className?: string;
  children?: ReactNode;
}

/** One block of a page, with an optional title line. */
export function Card({
  title,
  purpose,
  actions,
  flush,
  level = 2,
  className,
  children,
}: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={cn("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title || actions ? (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5 pb-3 sm:px-5">
          <div className="flex min-w-0 flex-col gap-0.5">
            {title ? <Heading className="font-semibold text-lg">{title}</Heading> : null}
            {purpose ? <p className="text-ink-muted text-sm">{purpose}</p> : null}
          </div>
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div
        className={cn(
          !flush && "px-4 pb-4 sm:px-5 sm:pb-5",
          !(title || actions || flush) && "pt-4 sm:pt-5",
        )}
      >
        {children}
      </div>
    </section>
  );
}
