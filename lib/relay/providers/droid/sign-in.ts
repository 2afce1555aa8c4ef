import { z } from "zod";
import { AppError } from "../../../shared/errors";
import { baseUrl } from "../fields";
import { askForTokens, errorWord, jsonOf, jwtClaims } from "../oauth";
import type { Ask, SignIn } from "../sign-in";

/**
 * Where Factory accounts sign in: a device flow at WorkOS, with the public client of Factory's program.
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
export const Settings = z.object({
  baseUrl: baseUrl(
    "API address",
    "Where /a/v1/messages, /o/v1/responses and /o/v1/chat/completions are added.",
  )
    .default("https://api.factory.ai/api/llm")
    .meta({ advanced: true }),
  deviceUrl: baseUrl("Device address", "Where a device sign-in begins.")
    .default("https://api.workos.com/user_management/authorize/device")
    .meta({ advanced: true }),
  tokenUrl: baseUrl("Token address", "Where device codes and refresh tokens are exchanged.")
    .default("https://api.workos.com/user_management/authenticate")
    .meta({ advanced: true }),
  clientId: z
    .string()
    .max(200)
    .default("client_01HNM792M5G5G1A2THWPXKFMXB")
    .meta({ label: "Client id", help: "As the client is registered.", advanced: true }),
});
export type Settings = z.output<typeof Settings>;

/** What is sealed: a key of Factory's, or the tokens of a sign-in. */
export interface DroidSecret {
  apiKey?: string | undefined;
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  expiresAtMs?: number | null | undefined;
}

const DeviceAnswer = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.string(),
  verification_uri_complete: z.string().optional(),
  interval: z.number().positive().catch(5),
  expires_in: z.number().positive().catch(300),
});
/** Words that mean: ask again later. */
const PENDING = new Set(["authorization_pending", "slow_down"]);

export const signIn: SignIn<Settings, DroidSecret> = {
  async begin({ deviceUrl, clientId }, _, ask) {
    const { status, body } = await ask({
      method: "POST",
      url: deviceUrl,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ client_id: clientId }).toString(),
    });
    const told = DeviceAnswer.safeParse(jsonOf(body)).data;
    if (status !== 200 || !told) {
      throw new AppError("upstream_broken", `The sign-in service began no sign-in (${status}).`);
    }
    return {
      kind: "device",
      url: told.verification_uri_complete ?? told.verification_uri,
      userCode: told.user_code,
      deviceCode: told.device_code,
      intervalSeconds: told.interval,
      expiresInSeconds: told.expires_in,
    };
  },
  async poll({ tokenUrl, clientId }, deviceCode, ask, nowMs) {
    const fields = {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: deviceCode,
      client_id: clientId,
    };
    let pending = false;
    const watched: Ask = async (request) => {
      const answer = await ask(request);
      pending = answer.status === 400 && PENDING.has(errorWord(jsonOf(answer.body)) ?? "");
      return answer;
    };
    try {
      const tokens = await askForTokens(watched, { url: tokenUrl, as: "form", fields }, nowMs);
      const { accessToken, refreshToken } = tokens;
      const expiresAtMs = endOf(accessToken) ?? tokens.expiresAtMs;
      const secret = { accessToken, ...(refreshToken && { refreshToken }), expiresAtMs };
      return { secret, expiresAtMs };
    } catch (thrown) {
      if (pending) return null;
      throw thrown;
    }
  },
};

const Expiring = z.object({ exp: z.number() });

/** The token's own end, which WorkOS states nowhere else; null where it has none. */
export function endOf(accessToken: string): number | null {
  const exp = Expiring.safeParse(jwtClaims(accessToken)).data?.exp;
  return exp === undefined ? null : exp * 1_000;
}
