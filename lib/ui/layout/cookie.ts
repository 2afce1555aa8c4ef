const YEAR_SECONDS = 31_536_000;

/** Keeps a small preference for a year, readable by the server. Not for anything secret. */
export function keepPreference(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http, on which a portal in a home network runs.
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
}
