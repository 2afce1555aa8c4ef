import { AppError } from "../../shared/errors";
import { knownProject } from "./code-assist-project";
import type { GoogleSecret, GoogleSettings } from "./google-sign-in";
import { tokenEnd } from "./granted-secret";
import { askForTokens } from "./oauth";
import type { Ask, RenewalDefinition } from "./sign-in";

/**
 * Google's refresh tokens do not rotate. An account whose tokens were typed in learns its project here:
 * it has no sign-in that could tell it.
 * @see https://developers.google.com/identity/protocols/oauth2/native-app#offline
 */
export const googleRenewal: RenewalDefinition<GoogleSettings, GoogleSecret> = {
  expiresAtMs: tokenEnd,
  async renew({ refreshToken, project: known }, settings, ask, nowMs) {
    if (!refreshToken) {
      throw new AppError("upstream_denied", "The access token has run out: sign in again.");
    }
    const { tokenUrl, clientId, clientSecret } = settings;
    const fields = {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    };
    const tokens = await askForTokens(ask, { url: tokenUrl, as: "form", fields }, nowMs);
    const { accessToken, expiresAtMs } = tokens;
    const project = known ?? (await projectOf(settings, accessToken, ask));
    return {
      secret: {
        refreshToken: tokens.refreshToken ?? refreshToken,
        accessToken,
        expiresAtMs,
        ...(project && { project }),
      },
      expiresAtMs,
    };
  },
};

/** A token that was won is kept, whatever else is not known: the next renewal asks again. */
async function projectOf(
  { project, baseUrl }: GoogleSettings,
  accessToken: string,
  ask: Ask,
): Promise<string | null> {
  if (project) return null;
  return knownProject({ baseUrl, accessToken, project }, ask).catch(() => null);
}
