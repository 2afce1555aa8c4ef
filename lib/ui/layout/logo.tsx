import { cn } from "../class-names";

/** The mark: two lines that meet in one point and go on as one. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M5.5 7.5h2.25c2.2 0 2.8 4.5 5 4.5H18.5M5.5 16.5h2.25c2.2 0 2.8-4.5 5-4.5"
        className="fill-none stroke-on-accent"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
      <circle cx="18" cy="12" r="1.7" className="fill-on-accent" />
    </svg>
  );
}
