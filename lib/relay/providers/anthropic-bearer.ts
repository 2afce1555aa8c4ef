import type { SendFacts } from "./provider";

const DEFAULT_VERSION = "2023-06-01";
/** The API takes access tokens of accounts only with this flag. */
const OAUTH_BETA = "oauth-2025-04-20";

/** Headers of a call with an access token; the caller's own flags stay, in their order. */
export function bearerHeaders(
  accessToken: string,
): (send: Pick<SendFacts, "forwarded">) => Readonly<Record<string, string>> {
  return ({ forwarded }) => {
    const flags = (forwarded["anthropic-beta"] ?? "").split(",").filter((flag) => flag.trim());
    const has = flags.some((flag) => flag.trim() === OAUTH_BETA);
    return {
      authorization: `Bearer ${accessToken}`,
      "anthropic-version": forwarded["anthropic-version"] ?? DEFAULT_VERSION,
      "anthropic-beta": has ? flags.join(",") : [...flags, OAUTH_BETA].join(","),
    };
  };
}
