"use client";

import { cn } from "../class-names";
import { useFormat } from "../format/use-format";

interface TokensProps {
  count: number;
  className?: string;
}

/** A number of tokens in three digits (12.3 k); the exact count on hover. */
export function Tokens({ count, className }: TokensProps) {
  const format = useFormat();
  return (
    <data value={count} title={format.count(count)} className={cn("whitespace-nowrap", className)}>
      {format.compact(count)}
    </data>
  );
}
