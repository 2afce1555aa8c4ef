import { AppError } from "../../../shared/errors";
import { tokenEnd } from "../granted-secret";
import { askForTokens } from "../oauth";
import type { RenewalDefinition } from "../sign-in";
import { type DroidSecret, endOf, type Settings } from "./sign-in";

/** Tokens of a sign-in are renewed; a key of Factory's never runs out. */
export const renewal: RenewalDefinition<Settings, DroidSecret> = {
  expiresAtMs: (secret) => (secret.apiKey ? null : tokenEnd(secret)),
  async renew({ refreshToken }, { tokenUrl, clientId }, ask, nowMs) {
    if (!refreshToken) {
      throw new AppError("upstream_denied", "The access token has run out: sign in again.");
    }
    const fields = {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
    };
    const tokens = await askForTokens(ask, { url: tokenUrl, as: "form", fields }, nowMs);
    const { accessToken } = tokens;
    const expiresAtMs = endOf(accessToken) ?? tokens.expiresAtMs;
    const secret = { accessToken, refreshToken: tokens.refreshToken ?? refreshToken, expiresAtMs };
    return { secret, expiresAtMs };
  },
};
