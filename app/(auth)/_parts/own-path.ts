/**
 * Where to go after the sign-in: only a path of this portal, so that a forged link cannot lead
 * elsewhere. Anything else goes to the overview.
 */
export function ownPath(callbackUrl: string | undefined): string {
  if (!callbackUrl?.startsWith("/")) return "/overview";
  // "//host" and "/\host" are other hosts to a browser.
  if (/^\/[/\\]/.test(callbackUrl)) return "/overview";
  return callbackUrl;
}
