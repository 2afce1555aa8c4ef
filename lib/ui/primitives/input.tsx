import type { VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "../class-names";
import { controlLook } from "./control-look";

type InputProps = Omit<ComponentProps<"input">, "size"> &
  VariantProps<typeof controlLook> & {
    /** For ids, keys, hosts and other machine text. */
    mono?: boolean;
  };

/** A one-line text box. Put it in a `Field`, which gives it its label. */
export function Input({ className, size, mono, type = "text", ...rest }: InputProps) {
  return (
    <input
      type={type}
      className={cn(
        controlLook({ size }),
        mono && "font-mono text-sm",
        // What cannot be changed must not look as if it could.
        rest.readOnly && "border-line bg-sunken text-ink-muted",
        className,
      )}
      {...rest}
    />
  );
}
