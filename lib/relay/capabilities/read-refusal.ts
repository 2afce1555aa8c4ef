import type { ProtocolId } from "../model";
import { fields, parseJson, textOrNull } from "../protocols/json-fields";
import type { FailedAnswer } from "../providers/provider";
import { isEssential } from "./essential";
import { type Refusal, removalName } from "./removal";
import { lasting, once, pathAt, RENAME, SENTENCES } from "./sentences";

/** Statuses by which a request is refused for what stands in it; 422 is that of FastAPI's servers. */
const REFUSING: ReadonlySet<number> = new Set([400, 422]);
/** One answer names one thing, or the few that a validator found. */
const MAX_NAMED = 8;
/** A sentence, also where a router wraps it in its own. */
const MAX_TEXT = 8_000;

/** OpenAI's codes for an error that is about its `param`. */
const CODES: Readonly<Record<string, (path: string, message: string) => readonly Refusal[]>> = {
  unknown_parameter: lasting,
  unsupported_parameter: lasting,
  // Another value might be taken, unless there is but one.
  unsupported_value: (path, message) =>
    /only the default/i.test(message) ? lasting(path) : once(path),
};

/**
 * The flags and fields that a failed answer names as not taken, without those that a call is about.
 * Nothing is guessed: an answer that names none gives none.
 */
export function refusalsOf(
  { status, body }: Pick<FailedAnswer, "status" | "body">,
  spoken: ProtocolId,
): readonly Refusal[] {
  if (!REFUSING.has(status)) return [];
  const named = new Map<string, Refusal>();
  for (const found of refusalsIn(body)) {
    const refusal = inOwnForm(found, spoken);
    if (isRemovable(refusal)) named.set(removalName(refusal.removal), refusal);
    if (named.size === MAX_NAMED) break;
  }
  return [...named.values()];
}

function refusalsIn(body: string): readonly Refusal[] {
  const parsed = parseJson(body);
  const [whole] = Array.isArray(parsed) ? parsed : [parsed];
  const error = fields(fields(whole).error ?? whole);
  const message = textOrNull(error.message) ?? body;
  const path = textOrNull(error.param);
  const byCode = path === null ? undefined : CODES[String(error.code)];
  if (byCode && path !== null) return [...inSentences(message, [RENAME]), ...byCode(path, message)];
  const details = [fields(whole).detail, fields(error.message).detail, error.detail];
  return [...details.flatMap(validated), ...inSentences(message)];
}

/** A validator's list, as FastAPI answers it. @see https://fastapi.tiangolo.com/tutorial/handling-errors/ */
function validated(detail: unknown): readonly Refusal[] {
  if (!Array.isArray(detail)) return [];
  return detail.map(fields).flatMap(({ type, loc }) => {
    if (type !== "extra_forbidden" || !Array.isArray(loc)) return [];
    return lasting(pathAt(loc));
  });
}

function inSentences(message: string, sentences = SENTENCES): readonly Refusal[] {
  // Where a router quotes its upstream, quotes are escaped once or twice.
  const text = message.slice(0, MAX_TEXT).replaceAll(/\\{1,8}(["'`])/g, "$1");
  return sentences.flatMap(({ form, refused }) => [...text.matchAll(form)].flatMap(refused));
}

/** With every index a `*`; Google's general sentences know nothing of Code Assist's wrapping. */
function inOwnForm(refusal: Refusal, spoken: ProtocolId): Refusal {
  const { removal, lasting: lasts } = refusal;
  if (removal.kind !== "field") return refusal;
  const path = removal.path.replaceAll(/\[(\d*)\]/g, ".*").replaceAll(/(^|\.)\d+(?=\.|$)/g, "$1*");
  const wraps = spoken === "code-assist" && path.startsWith("generation_config");
  return { removal: { kind: "field", path: wraps ? `request.${path}` : path }, lasting: lasts };
}

function isRemovable({ removal }: Refusal): boolean {
  return removal.kind !== "field" || (PATH.test(removal.path) && !isEssential(removal.path));
}

const PATH = /^[\w-]+(?:\.(?:[\w-]+|\*)){0,12}$/;
