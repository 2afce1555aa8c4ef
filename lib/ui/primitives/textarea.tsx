import type { ComponentProps } from "react";
import { cn } from "../class-names";
import { controlLook } from "./control-look";

type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean };

/** A text box of several lines that grows with its content. Put it in a `Field`. */
export function Textarea({ className, mono, rows = 3, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(
        controlLook(),
        "field-sizing-content h-auto min-h-20 py-2",
        mono && "font-mono text-sm",
        className,
      )}
      {...rest}
    />
  );
}
