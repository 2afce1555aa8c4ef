import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One sentence: what this page is for. */
  purpose?: ReactNode;
  /** The one primary action, and quiet ones before it. */
  actions?: ReactNode;
  /** A way back to the list that this page belongs to. */
  back?: ReactNode;
}

/** The head of a page: its name, its purpose, its main action. */
export function PageHeader({ title, purpose, actions, back }: PageHeaderProps) {
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-end sm:justify-between">
      <div className="flex min-w-0 flex-col gap-1">
        {back ? <div className="text-ink-muted text-sm">{back}</div> : null}
        <h1 className="text-balance font-semibold text-xl">{title}</h1>
        {purpose ? <p className="max-w-180 text-balance text-ink-muted">{purpose}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
