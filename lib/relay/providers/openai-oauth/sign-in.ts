import { z } from "zod";
import { baseUrl } from "../fields";
import type { TokenSecret } from "../granted-secret";
import { askForTokens, jwtClaims, pastedCode } from "../oauth";
import type { SignIn } from "../sign-in";

/**
 * Where ChatGPT accounts sign in for Codex: the public client of the Codex command line program.
 * @see https://developers.openai.com/codex/auth
 */
export const Settings = z.object({
  chatgptAccountId: z
    .string()
    .max(200)
    .regex(/^[\x21-\x7e]*$/)
    .optional()
    .meta({ label: "ChatGPT account id", help: "Told at sign-in; needed beside typed tokens." }),
  baseUrl: baseUrl("Backend address", "Where /codex/responses is added.")
    .default("https://chatgpt.com/backend-api")
    .meta({ advanced: true }),
  authorizeUrl: baseUrl("Sign-in page", "Where the owner of the account agrees.")
    .default("https://auth.openai.com/oauth/authorize")
    .meta({ advanced: true }),
  tokenUrl: baseUrl("Token address", "Where codes and refresh tokens are exchanged.")
    .default("https://auth.openai.com/oauth/token")
    .meta({ advanced: true }),
  redirectUrl: baseUrl("Call-back address", "As the client is registered.")
    .default("http://localhost:1455/auth/callback")
    .meta({ advanced: true }),
  clientId: z
    .string()
    .max(200)
    .default("app_EMoamEEZ73f0CkXaXp7hrann")
    .meta({ label: "Client id", help: "As the client is registered.", advanced: true }),
});
export type Settings = z.output<typeof Settings>;

const Claims = z.object({
  email: z.string().optional(),
  "https://api.openai.com/auth": z
    .object({
      chatgpt_account_id: z.string().optional(),
      chatgpt_plan_type: z.string().optional(),
    })
    .optional(),
});

/** The owner agrees at OpenAI and pastes the address at which the browser ended. */
export const signIn: SignIn<Settings, TokenSecret> = {
  async begin(settings, { state, challenge }) {
    const url = new URL(settings.authorizeUrl);
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: settings.clientId,
      redirect_uri: settings.redirectUrl,
      scope: "openid profile email offline_access",
      code_challenge: challenge,
      code_challenge_method: "S256",
      id_token_add_organizations: "true",
      state,
    }).toString();
    return { kind: "paste", url: url.toString() };
  },
  async finish(settings, seeds, pasted, ask, nowMs) {
    const fields = {
      grant_type: "authorization_code",
      code: pastedCode(pasted, seeds),
      client_id: settings.clientId,
      redirect_uri: settings.redirectUrl,
      code_verifier: seeds.verifier,
    };
    const call = { url: settings.tokenUrl, as: "form" as const, fields };
    const { accessToken, refreshToken, idToken, expiresAtMs } = await askForTokens(
      ask,
      call,
      nowMs,
    );
    const claims = Claims.safeParse(jwtClaims(idToken ?? accessToken)).data;
    const account = claims?.["https://api.openai.com/auth"]?.chatgpt_account_id;
    return {
      secret: { accessToken, ...(refreshToken && { refreshToken }), expiresAtMs },
      expiresAtMs,
      ...(claims?.email && { identity: claims.email }),
      ...(account && { settings: { chatgptAccountId: account } }),
    };
  },
};
