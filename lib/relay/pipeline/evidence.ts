const MAX_CHARS = 500;
/** Keys of known makes, bearer tokens, and key parameters, wherever an upstream repeats them. */
const SECRETS =
  /(sk-[A-Za-z0-9_-]{8,}|AIza[A-Za-z0-9_-]{10,}|cr_[A-Za-z0-9_]{8,}|ya29\.[A-Za-z0-9._-]+|Bearer\s+[^\s"']+|[?&]key=[^&\s"']+)/g;

/** The beginning of a failed answer for the request's story, with secrets blanked. */
export function evidenceOf(text: string): string | null {
  const blanked = text
    .slice(0, MAX_CHARS * 4)
    .replaceAll(SECRETS, "[blanked]")
    .trim();
  return blanked === "" ? null : blanked.slice(0, MAX_CHARS);
}
