import { ApiError } from "@/lib/client/api";
import type { FormProblem } from "@/lib/ui/primitives/form-summary";

/** One sentence per field that says what would be right. */
export type FieldSentences<F extends string> = Readonly<Record<F, string>>;

/**
 * The mistakes of a form, for its summary: fields that the browser or the server refused, with the
 * field's own sentence, and the failure as a whole when it is about no field. Fields are linked by
 * `<prefix>-<field>`.
 */
export function formProblems<F extends string>(
  prefix: string,
  sentences: FieldSentences<F>,
  wrong: readonly string[],
  failure: { error: unknown; text: string } | null,
): FormProblem[] {
  const problems = fieldNames(sentences)
    .filter((field) => wrong.includes(field) || refusedByServer(failure?.error, field))
    .map((field) => ({ fieldId: `${prefix}-${field}`, message: sentences[field] }));
  if (problems.length > 0 || !failure) return problems;
  return [{ message: failure.text }];
}

/** Did the server name this field, or something inside it, as wrong? */
export function refusedByServer(error: unknown, field: string): boolean {
  if (!(error instanceof ApiError)) return false;
  return Object.keys(error.fields).some((path) => path === field || path.startsWith(`${field}.`));
}

/** `Object.keys` forgets the type of the keys; a literal table has exactly those. */
function fieldNames<F extends string>(sentences: FieldSentences<F>): F[] {
  return Object.keys(sentences) as F[];
}
