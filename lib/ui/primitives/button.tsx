import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../class-names";
import { Spinner } from "./spinner";

/** Looks of a button, for links that must look like one (`<Link className={buttonLook()}>`). */
export const buttonLook = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        secondary: "border border-line bg-surface text-ink hover:bg-hover",
        ghost: "text-ink hover:bg-hover",
        danger: "bg-danger text-on-accent hover:bg-danger-hover",
        link: "h-auto px-0 text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-8 px-3 text-sm",
        md: "h-9 px-4 text-base",
        lg: "h-11 px-5 text-lg",
      },
    },
    compoundVariants: [{ look: "link", className: "h-auto px-0" }],
    defaultVariants: { look: "secondary", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonLook> & {
    /** Renders the one child element (a link) instead of a `button`. */
    asChild?: boolean;
    /** Shows a spinner and takes no clicks; the label stays, so that the width does not jump. */
    busy?: boolean;
  };

/** A button. One primary per page; the label is a verb. */
export function Button({
  className,
  look,
  size,
  asChild,
  busy = false,
  disabled,
  children,
  ...rest
}: ButtonProps) {
  const classes = cn(buttonLook({ look, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
