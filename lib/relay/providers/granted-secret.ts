import { z } from "zod";
import { headerSecret } from "./fields";

/** The sealed part of an account that was signed in: what is typed by hand, and what renewals write. */
export function tokenSecret(words: { accessToken: string; refreshToken: string }) {
  return z
    .object({
      refreshToken: headerSecret("Refresh token", words.refreshToken).optional(),
      accessToken: headerSecret("Access token", words.accessToken).optional(),
      expiresAtMs: z.number().nullable().optional().meta({ hidden: true }),
    })
    .refine(({ accessToken, refreshToken }) => accessToken || refreshToken, {
      message: "A refresh token, an access token, or both.",
      path: ["refreshToken"],
    });
}

export interface TokenSecret {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  expiresAtMs?: number | null | undefined;
}

/**
 * When a token has to be renewed: 0 (at once) where there is only a refresh token, or one of unknown age
 * beside it; null (never) where nothing could renew it.
 */
export function tokenEnd({ accessToken, refreshToken, expiresAtMs }: TokenSecret): number | null {
  if (!refreshToken) return expiresAtMs ?? null;
  return accessToken ? (expiresAtMs ?? 0) : 0;
}
