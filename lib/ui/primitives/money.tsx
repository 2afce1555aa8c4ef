"use client";

import { cn } from "../class-names";
import type { MicroUsd } from "../format/money-text";
import { useFormat } from "../format/use-format";

interface MoneyProps {
  micro: MicroUsd;
  className?: string;
}

/** An amount of money, short for the eye; every digit on hover. */
export function Money({ micro, className }: MoneyProps) {
  const format = useFormat();
  return (
    <data
      value={format.moneyExact(micro)}
      title={format.moneyExact(micro)}
      className={cn("whitespace-nowrap", className)}
    >
      {format.money(micro)}
    </data>
  );
}
