import { z } from "zod";
import { CLAUDE_SIGN_IN, claudeAuthorizeUrl, claudeTokensFor } from "../anthropic-sign-in";
import type { TokenSecret } from "../granted-secret";
import { jsonOf } from "../oauth";
import type { Ask, SignIn } from "../sign-in";

export const Settings = z.object(CLAUDE_SIGN_IN);
export type Settings = z.output<typeof Settings>;

/** What the account is asked to allow: inference, and reading whose account it is. */
const SCOPES = ["user:profile", "user:inference"] as const;

const Profile = z.object({
  account: z
    .object({ email: z.string().optional(), email_address: z.string().optional() })
    .optional(),
});

/** The owner agrees on claude.ai and pastes the code. */
export const signIn: SignIn<Settings, TokenSecret> = {
  async begin(settings, seeds) {
    return { kind: "paste", url: claudeAuthorizeUrl(settings, seeds, SCOPES) };
  },
  async finish(settings, seeds, pasted, ask, nowMs) {
    const tokens = await claudeTokensFor(settings, seeds, pasted, ask, { nowMs });
    const { accessToken, refreshToken, expiresAtMs } = tokens;
    const identity = await ownerOf(settings, accessToken, ask);
    return {
      secret: { accessToken, ...(refreshToken && { refreshToken }), expiresAtMs },
      expiresAtMs,
      ...(identity && { identity }),
    };
  },
};

/** Whose account it is; null where the profile is not told: the account serves without it. */
async function ownerOf(
  { baseUrl }: Settings,
  accessToken: string,
  ask: Ask,
): Promise<string | null> {
  try {
    const { status, body } = await ask({
      method: "GET",
      url: new URL("/api/oauth/profile", baseUrl).toString(),
      headers: { authorization: `Bearer ${accessToken}` },
      body: null,
    });
    const profile = status === 200 ? Profile.safeParse(jsonOf(body)) : null;
    return profile?.data?.account?.email ?? profile?.data?.account?.email_address ?? null;
  } catch {
    return null;
  }
}
