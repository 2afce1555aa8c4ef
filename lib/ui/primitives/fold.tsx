import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../class-names";

interface FoldProps {
  title: string;
  /** Open from the start: when something inside already has a value. */
  open?: boolean;
  className?: string;
  children: ReactNode;
}

/** The optional part of a form or page, folded under its name. Works without JavaScript. */
export function Fold({ title, open, className, children }: FoldProps) {
  return (
    <details open={open} className={cn("group", className)}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1.5 rounded-md py-1 font-medium text-ink-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="flex flex-col gap-4 pt-3">{children}</div>
    </details>
  );
}
