import { Inbox, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { MessageState } from "./message-state";

interface EmptyStateProps {
  icon?: LucideIcon;
  /** What would stand here. */
  title: string;
  /** What this is for, in a sentence or two. */
  body?: ReactNode;
  action?: ReactNode;
  more?: ReactNode;
  className?: string;
}

/** A list without entries teaches: what this is, the one action, where to read on. */
export function EmptyState({ icon = Inbox, ...rest }: EmptyStateProps) {
  return <MessageState icon={icon} {...rest} />;
}
