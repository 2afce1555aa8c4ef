import type { ReactNode } from "react";

interface AuthPanelProps {
  title: string;
  purpose: ReactNode;
  /** A quiet line below the form: the way to the other page. */
  foot?: ReactNode;
  children?: ReactNode;
}

/** Title, purpose and form of a page before the sign-in. */
export function AuthPanel({ title, purpose, foot, children }: AuthPanelProps) {
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
        <div className="text-balance text-ink-muted">{purpose}</div>
      </div>
      {children}
      {foot ? <div className="border-line border-t pt-4 text-ink-muted">{foot}</div> : null}
    </>
  );
}
