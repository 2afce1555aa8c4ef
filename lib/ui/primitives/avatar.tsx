import { cn } from "../class-names";

interface AvatarProps {
  name: string;
  size?: "sm" | "md";
  className?: string;
}

/** The first letter of a name in a circle; decoration beside the name itself. */
export function Avatar({ name, size = "md", className }: AvatarProps) {
  const letter = Array.from(name.trim())[0]?.toUpperCase() ?? "?";
  return (
    <span
      aria-hidden="true"
      className={cn(
        "inline-flex shrink-0 select-none items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-text",
        size === "sm" ? "size-6 text-xs" : "size-8 text-sm",
        className,
      )}
    >
      {letter}
    </span>
  );
}
