import { LoaderCircle } from "lucide-react";
import { cn } from "../class-names";

/** Decoration beside a word that says what is going on; hidden from screen readers. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden="true" className={cn("size-4 animate-spin", className)} />;
}
