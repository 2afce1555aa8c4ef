import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../class-names";

interface MessageStateProps {
  icon: LucideIcon;
  tone?: "calm" | "bad";
  title: string;
  body?: ReactNode;
  /** The one thing to do now. */
  action?: ReactNode;
  /** A link to where it is explained. */
  more?: ReactNode;
  /** Level of the title in the page's outline. */
  level?: 1 | 2 | 3;
  className?: string;
}

/** What stands where content would: the common shape of empty, failed and forbidden. */
export function MessageState({
  icon: Icon,
  tone = "calm",
  title,
  body,
  action,
  more,
  level = 2,
  className,
}: MessageStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn("flex flex-col items-center gap-1.5 px-6 py-12 text-center", className)}>
      <span
        className={cn(
          "mb-2 inline-flex size-10 items-center justify-center rounded-lg border border-line",
          tone === "bad" ? "bg-bad-soft text-bad" : "bg-sunken text-ink-muted",
        )}
      >
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <Heading className="text-balance font-semibold text-lg">{title}</Heading>
      {body ? <div className="max-w-110 text-balance text-ink-muted">{body}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
      {more ? <div className="mt-1 text-sm">{more}</div> : null}
    </div>
  );
}
