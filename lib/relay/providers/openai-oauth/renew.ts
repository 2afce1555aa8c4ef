import { AppError } from "../../../shared/errors";
import { type TokenSecret, tokenEnd } from "../granted-secret";
import { askForTokens } from "../oauth";
import type { RenewalDefinition } from "../sign-in";
import type { Settings } from "./sign-in";

/** Refresh tokens rotate: each serves once, and the answer brings the next one. */
export const renewal: RenewalDefinition<Settings, TokenSecret> = {
  expiresAtMs: tokenEnd,
  async renew({ refreshToken }, { tokenUrl, clientId }, ask, nowMs) {
    if (!refreshToken) {
      throw new AppError("upstream_denied", "The access token has run out: sign in again.");
    }
    const fields = {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
      scope: "openid profile email",
    };
    const tokens = await askForTokens(ask, { url: tokenUrl, as: "form", fields }, nowMs);
    const { accessToken, expiresAtMs } = tokens;
    const secret = { accessToken, refreshToken: tokens.refreshToken ?? refreshToken, expiresAtMs };
    return { secret, expiresAtMs };
  },
};
