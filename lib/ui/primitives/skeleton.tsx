import { cn } from "../class-names";

/** A grey shape of the size of what is coming, so that nothing moves when it arrives. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={cn("block animate-pulse rounded-md bg-hover", className)} />
  );
}
