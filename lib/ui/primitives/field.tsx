import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { cn } from "../class-names";
import { Label } from "./label";

/** What the control inside a field must carry to belong to its label, help and error. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  /** Says what is wrong and what would be right; its presence marks the control as invalid. */
  error?: string;
  optional?: boolean;
  /** Label beside the control instead of above: for check boxes and switches. */
  inline?: boolean;
  /** A fixed id, so that a `FormSummary` can link to the control. */
  id?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** Label above, control, help below, and the error where the mistake is. */
export function Field({
  label,
  help,
  error,
  optional,
  inline,
  id,
  className,
  children,
}: FieldProps) {
  const made = useId();
  const t = useTranslations("common");
  const controlId = id ?? made;
  const described = [help && `${controlId}-help`, error && `${controlId}-error`].filter(Boolean);
  const control = children({
    id: controlId,
    "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
    "aria-invalid": error ? true : undefined,
  });
  const name = (
    <Label htmlFor={controlId}>
      {label}
      {optional ? (
        <span className="ms-1.5 font-normal text-ink-muted text-sm">{t("optional")}</span>
      ) : null}
    </Label>
  );
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      {inline ? (
        <div className="flex items-center gap-2.5">
          {control}
          {name}
        </div>
      ) : (
        <>
          {name}
          {control}
        </>
      )}
      {help ? (
        <p id={`${controlId}-help`} className="text-ink-muted text-sm">
          {help}
        </p>
      ) : null}
      {error ? (
        <p id={`${controlId}-error`} className="flex items-start gap-1.5 text-bad text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      ) : null}
    </div>
  );
}
