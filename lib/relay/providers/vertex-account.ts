import { importPKCS8, SignJWT } from "jose";
import { z } from "zod";
import { AppError } from "../../shared/errors";
import { baseUrl } from "./fields";
import { askForTokens, jsonOf } from "./oauth";
import type { SendFacts } from "./provider";
import { sharedUrls } from "./shared-url";
import type { RenewalDefinition } from "./sign-in";

const TOKEN_URL = "https://oauth2.googleapis.com/token";
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
/** The longest that Google takes. */
const ASSERTION_SECONDS = 3600;

export const VertexSettings = z.object({
  project: z
    .string()
    .regex(/^([a-z][a-z0-9:.-]{4,60}[a-z0-9])?$/, "The id of a Google Cloud project.")
    .optional()
    .meta({ label: "Google Cloud project", help: "Empty: the service account's own." }),
  location: z
    .string()
    .regex(/^[a-z]+(?:-[a-z]+\d+)?$/, "global, or a region such as us-east5.")
    .default("global")
    .meta({ label: "Location", help: "global, or a region such as us-east5." }),
  baseUrl: baseUrl("Endpoint", "Empty: Google's own for the location.")
    .optional()
    .meta({ advanced: true }),
  tokenUrl: baseUrl("Token address", "Where the service account's assertions are exchanged.")
    .default(TOKEN_URL)
    .meta({ advanced: true }),
});
export type VertexSettings = z.output<typeof VertexSettings>;

/** What Google's console gives out for a service account, without what is not needed here. */
const KeyFile = z.object({
  type: z.literal("service_account"),
  project_id: z.string().min(1),
  private_key_id: z.string().optional(),
  private_key: z.string().startsWith("-----BEGIN PRIVATE KEY-----"),
  client_email: z.string().min(3),
});

export const VertexSecret = z.object({
  serviceAccount: z
    .string()
    .max(16_384)
    .refine((text) => KeyFile.safeParse(jsonOf(text)).success, "The JSON key of a service account.")
    .meta({
      label: "Service account key",
      help: "The whole JSON file that Google Cloud gives out.",
      kind: "secret",
    }),
  accessToken: z.string().optional().meta({ hidden: true }),
  expiresAtMs: z.number().nullable().optional().meta({ hidden: true }),
});
export type VertexSecret = z.output<typeof VertexSecret>;

/**
 * A service account signs for its own access tokens.
 * @see https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
 */
export const vertexRenewal: RenewalDefinition<VertexSettings, VertexSecret> = {
  expiresAtMs: ({ accessToken, expiresAtMs }) => (accessToken ? (expiresAtMs ?? 0) : 0),
  async renew({ serviceAccount }, { tokenUrl }, ask, nowMs) {
    const fields = {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: await assertion(serviceAccount, nowMs),
    };
    const { accessToken, expiresAtMs } = await askForTokens(
      ask,
      { url: tokenUrl, as: "form", fields },
      nowMs,
    );
    return { secret: { serviceAccount, accessToken, expiresAtMs }, expiresAtMs };
  },
};

async function assertion(serviceAccount: string, nowMs: number): Promise<string> {
  const { private_key, private_key_id, client_email } = keyFile(serviceAccount);
  const seconds = Math.floor(nowMs / 1_000);
  try {
    const key = await importPKCS8(private_key, "RS256");
    return await new SignJWT({ scope: SCOPE })
      .setProtectedHeader({
        alg: "RS256",
        typ: "JWT",
        ...(private_key_id && { kid: private_key_id }),
      })
      .setIssuer(client_email)
      // Google's own address, wherever it is asked: that is what the assertion is for.
      .setAudience(TOKEN_URL)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + ASSERTION_SECONDS)
      .sign(key);
  } catch (thrown) {
    const message = "The service account's private key cannot be used: enter the key file again.";
    throw new AppError("upstream_denied", message, {}, thrown);
  }
}

/** Asked once for an account: its addresses for a publisher's models, by model and then verb. */
export function vertexAddress(
  { project, location, baseUrl: base }: VertexSettings,
  { serviceAccount }: VertexSecret,
  publisher: "google" | "anthropic",
): (verb: string, send: Pick<SendFacts, "model">) => URL {
  const root = base ? base.replace(/\/+$/, "") : endpoint(location);
  const own = project || keyFile(serviceAccount).project_id;
  const models = `${root}/v1/projects/${own}/locations/${location}/publishers/${publisher}/models`;
  const byVerb = new Map<string, (model: string) => URL>();
  return (verb, { model }) => {
    const known = byVerb.get(verb);
    const urlOf = known ?? sharedUrls((name) => `${models}/${inPath(name)}:${verb}`);
    if (!known) byVerb.set(verb, urlOf);
    return urlOf(model);
  };
}

/** An @ before a model's date stays what it is. */
function inPath(model: string): string {
  return encodeURIComponent(model).replaceAll("%40", "@");
}

/** @see https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations */
function endpoint(location: string): string {
  if (location === "global") return "https://aiplatform.googleapis.com";
  if (!location.includes("-")) return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}

/** Asked once for an account's secret. */
export function vertexHeaders({ accessToken }: VertexSecret) {
  const own = { authorization: `Bearer ${accessToken ?? ""}` };
  return () => own;
}

function keyFile(serviceAccount: string): z.output<typeof KeyFile> {
  return KeyFile.parse(jsonOf(serviceAccount));
}
