import { z } from "zod";
import { baseUrl } from "./fields";
import { askForTokens, pastedCode, type Tokens } from "./oauth";
import type { Ask, SignInSeeds } from "./sign-in";

/**
 * Where accounts of claude.ai sign in: the public client of Anthropic's own command line program, whose
 * users these accounts belong to.
 * @see https://docs.anthropic.com/en/docs/claude-code/iam
 */
export const CLAUDE_SIGN_IN = {
  baseUrl: baseUrl("API address", "Where /v1/messages is added.")
    .default("https://api.anthropic.com")
    .meta({ advanced: true }),
  authorizeUrl: baseUrl("Sign-in page", "Where the owner of the account agrees.")
    .default("https://claude.ai/oauth/authorize")
    .meta({ advanced: true }),
  tokenUrl: baseUrl("Token address", "Where codes and refresh tokens are exchanged.")
    .default("https://platform.claude.com/v1/oauth/token")
    .meta({ advanced: true }),
  redirectUrl: baseUrl("Call-back address", "As the client is registered.")
    .default("https://platform.claude.com/oauth/code/callback")
    .meta({ advanced: true }),
  clientId: z
    .string()
    .max(200)
    .default("9d1c250a-e61b-44d9-88ed-5944d1962f5e")
    .meta({ label: "Client id", help: "As the client is registered.", advanced: true }),
};

const Settings = z.object(CLAUDE_SIGN_IN);
type Settings = z.output<typeof Settings>;

/** The address at which the owner agrees to these scopes. */
export function claudeAuthorizeUrl(
  settings: Settings,
  { state, challenge }: SignInSeeds,
  scopes: readonly string[],
): string {
  const url = new URL(settings.authorizeUrl);
  url.search = new URLSearchParams({
    code: "true",
    client_id: settings.clientId,
    response_type: "code",
    redirect_uri: settings.redirectUrl,
    scope: scopes.join(" "),
    code_challenge: challenge,
    code_challenge_method: "S256",
    state,
  }).toString();
  return url.toString();
}

/** Exchanges what the owner pasted. Throws as `pastedCode` and `askForTokens` do. */
export function claudeTokensFor(
  settings: Settings,
  seeds: SignInSeeds,
  pasted: string,
  ask: Ask,
  { nowMs, extra = {} }: { nowMs: number; extra?: Readonly<Record<string, string>> },
): Promise<Tokens> {
  const fields = {
    grant_type: "authorization_code",
    code: pastedCode(pasted, seeds),
    state: seeds.state,
    client_id: settings.clientId,
    redirect_uri: settings.redirectUrl,
    code_verifier: seeds.verifier,
    ...extra,
  };
  return askForTokens(ask, { url: settings.tokenUrl, as: "json", fields }, nowMs);
}
