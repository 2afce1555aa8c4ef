import { perName } from "../shared/per-name";
import { matchesPattern } from "./patterns";

/** Known clients by their user agent; anything else in a key's list is a pattern of its own. */
const CLIENTS: Readonly<Record<string, RegExp>> = {
  "claude-code": /^claude-cli\/\d/i,
  "gemini-cli": /^GeminiCLI\b/i,
  codex: /^codex(_vscode|_cli_rs|_exec|-tui|_sdk_ts)\/\d/i,
  droid: /\bfactory-cli\/\d/i,
};

/** Is this user agent one of those that a key admits? */
export function isAllowedClient(allowed: readonly string[], userAgent: string): boolean {
  return allowed.some((entry) => {
    const known = Object.hasOwn(CLIENTS, entry) ? CLIENTS[entry] : undefined;
    return known ? known.test(userAgent) : matchesPattern(entry, userAgent);
  });
}

/** Few clients send nearly all requests; nobody can fill the memory with others. */
const KEPT = { most: 500, longest: 300 };
const tokenOf = perName(
  KEPT,
  (userAgent) => /^[\w.@-]{1,60}(\/[\w.+-]{1,40})?/.exec(userAgent)?.[0] ?? null,
);

/** The product token that a user agent begins with, such as `claude-cli/2.1.330`; null without one. */
export function clientToken(userAgent: string | undefined): string | null {
  return userAgent ? tokenOf(userAgent) : null;
}
