import { z } from "zod";
import { discoverProject } from "./code-assist-project";
import { baseUrl } from "./fields";
import { type TokenSecret, tokenSecret } from "./granted-secret";
import { askForTokens, jsonOf, pastedCode } from "./oauth";
import type { Ask, SignIn } from "./sign-in";

/** What differs between the programs in whose name an account signs in. */
export interface GoogleClient {
  clientId: string;
  /** Where the program's maker publishes it; an admin enters it elsewhere. */
  clientSecret: string | undefined;
  redirectUri: string;
  scopes: readonly string[];
  prompt: string;
}

const CLIENT_SECRET = {
  label: "Client secret",
  help: "As the client is registered. Installed programs carry theirs openly.",
};

/**
 * Settings of an account that signs in with Google, with a program's own values as defaults.
 * @see https://developers.google.com/identity/protocols/oauth2/native-app
 */
export function googleSettings({ clientId, clientSecret, redirectUri }: GoogleClient) {
  const project = z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.:_-]{0,99}$/, "The id of a project, as Google Cloud shows it.")
    .optional()
    .meta({
      label: "Google Cloud project",
      help: "Told at sign-in; Workspace accounts have to enter theirs.",
    });
  const secret = z.string().regex(/^[\x21-\x7e]{1,200}$/, "Only visible ASCII characters.");
  return z.object({
    project,
    baseUrl: baseUrl("Code Assist address", "Where /v1internal is added.")
      .default("https://cloudcode-pa.googleapis.com")
      .meta({ advanced: true }),
    authorizeUrl: baseUrl("Sign-in page", "Where the owner of the account agrees.")
      .default("https://accounts.google.com/o/oauth2/v2/auth")
      .meta({ advanced: true }),
    tokenUrl: baseUrl("Token address", "Where codes and refresh tokens are exchanged.")
      .default("https://oauth2.googleapis.com/token")
      .meta({ advanced: true }),
    userinfoUrl: baseUrl("User address", "Tells whose account it is.")
      .default("https://www.googleapis.com/oauth2/v2/userinfo")
      .meta({ advanced: true }),
    redirectUri: baseUrl("Call-back address", "As the client is registered.")
      .default(redirectUri)
      .meta({ advanced: true }),
    clientId: z
      .string()
      .max(200)
      .default(clientId)
      .meta({ label: "Client id", help: "As the client is registered.", advanced: true }),
    clientSecret: clientSecret
      ? secret.default(clientSecret).meta({ ...CLIENT_SECRET, advanced: true })
      : secret.meta(CLIENT_SECRET),
  });
}
export type GoogleSettings = z.output<ReturnType<typeof googleSettings>>;

/** Settings that are URLs which the portal itself calls. */
export const GOOGLE_URLS = ["baseUrl", "tokenUrl", "userinfoUrl"] as const;

/** The tokens, and the project of an account whose tokens were typed in. */
export const GoogleSecret = tokenSecret({
  refreshToken: "Of a sign-in that the same client made elsewhere.",
  accessToken: "Renewed by the portal where there is a refresh token.",
}).safeExtend({ project: z.string().optional().meta({ hidden: true }) });
export type GoogleSecret = TokenSecret & { project?: string | undefined };

const User = z.object({ email: z.string().min(1) });

/**
 * The owner agrees at Google and pastes the code, or the address that the browser ended at; then the
 * account's project is found. Throws as `SignIn` and `discoverProject` do.
 */
export function googleSignIn(client: GoogleClient): SignIn<GoogleSettings, GoogleSecret> {
  return {
    async begin(settings, { state, challenge }) {
      const url = new URL(settings.authorizeUrl);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: settings.clientId,
        redirect_uri: settings.redirectUri,
        scope: client.scopes.join(" "),
        // Without both Google gives no refresh token to somebody who has agreed before.
        access_type: "offline",
        prompt: client.prompt,
        code_challenge: challenge,
        code_challenge_method: "S256",
        state,
      }).toString();
      return { kind: "paste", url: url.toString() };
    },
    async finish(settings, seeds, pasted, ask, nowMs) {
      const fields = {
        grant_type: "authorization_code",
        code: pastedCode(pasted, seeds),
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uri: settings.redirectUri,
        code_verifier: seeds.verifier,
      };
      const call = { url: settings.tokenUrl, as: "form" as const, fields };
      const tokens = await askForTokens(ask, call, nowMs);
      const { accessToken, refreshToken, expiresAtMs } = tokens;
      const visitor = { baseUrl: settings.baseUrl, accessToken, project: settings.project };
      const project = await discoverProject(visitor, ask);
      const email = await emailOf(settings, accessToken, ask);
      return {
        secret: { accessToken, ...(refreshToken && { refreshToken }), expiresAtMs },
        expiresAtMs,
        settings: { project },
        ...(email && { identity: email }),
      };
    },
  };
}

/** Whose account it is, for its page only: a sign-in does without. */
async function emailOf(
  { userinfoUrl }: GoogleSettings,
  accessToken: string,
  ask: Ask,
): Promise<string | null> {
  const headers = { authorization: `Bearer ${accessToken}` };
  try {
    const { body } = await ask({ method: "GET", url: userinfoUrl, headers, body: null });
    return User.safeParse(jsonOf(body)).data?.email ?? null;
  } catch {
    return null;
  }
}
