"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

export interface FormProblem {
  /** The `id` given to the field, to jump to it; none for what no single field can mend. */
  fieldId?: string;
  message: string;
}

/**
 * All mistakes of a form in one place above it. Takes the focus when it appears, so that nobody
 * wonders why nothing happened. Renders nothing without problems.
 */
export function FormSummary({ problems }: { problems: readonly FormProblem[] }) {
  const box = useRef<HTMLDivElement>(null);
  const shown = problems.length > 0;
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown]);
  if (!shown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2.5 rounded-lg border border-bad/40 bg-bad-soft px-4 py-3 text-bad"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <ProblemText problems={problems} />
    </div>
  );
}

/** A failure that is about no field is a sentence of its own, not a field to change. */
function ProblemText({ problems }: { problems: readonly FormProblem[] }) {
  const t = useTranslations("ui.form");
  const [first] = problems;
  if (first && problems.length === 1 && !first.fieldId) {
    return <p className="font-medium">{first.message}</p>;
  }
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium">{t("problems", { count: problems.length })}</p>
      <ul className="flex flex-col gap-0.5 text-sm">
        {problems.map(({ fieldId, message }) => (
          <li key={`${fieldId}-${message}`}>
            {fieldId ? (
              <a className="underline underline-offset-2" href={`#${fieldId}`}>
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
