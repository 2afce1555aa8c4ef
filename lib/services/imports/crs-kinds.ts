import { type KindPart, type KindReader, LeftOutError, type SecretReader } from "./crs-account";
import { bagIn, type CrsFields, crsFields, momentOf, objectOf, textOf } from "./crs-fields";
import { note } from "./foreign";

/**
 * Lists of accounts by the names under which exports and `sync/export-accounts` of claude-relay-service hold
 * them, with the reader of each kind.
 * @see https://github.com/Wei-Shaw/claude-relay-service
 */
export const CRS_KINDS: Readonly<Record<string, KindReader>> = {
  claudeAccounts: claude,
  claudeConsoleAccounts: (fields, secret) => keyed("claude-console", fields, secret),
  ccrAccounts: ccr,
  bedrockAccounts: bedrock,
  geminiAccounts: gemini,
  geminiApiAccounts: (fields, secret) => keyed("gemini-api-key", fields, secret),
  openaiAccounts: openai,
  openaiOAuthAccounts: openai,
  openaiResponsesAccounts: (fields, secret) => keyed("openai-responses", fields, secret),
  azureOpenaiAccounts: azure,
  droidAccounts: droid,
};

interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAtMs: number | null;
}

/** Tokens of an account's own fields, or of the OAuth answer that older versions kept whole. */
function tokensOf(fields: CrsFields, secret: SecretReader, older: string): Tokens {
  const kept = olderTokens(fields, secret, older);
  return {
    accessToken: secret(fields.accessToken) || textOf(kept, "accessToken", "access_token"),
    refreshToken: secret(fields.refreshToken) || textOf(kept, "refreshToken", "refresh_token"),
    expiresAtMs:
      (momentOf(fields, "expiresAt") ?? momentOf(kept, "expiresAt", "expiry_date"))?.getTime() ??
      null,
  };
}

function olderTokens(fields: CrsFields, secret: SecretReader, name: string): CrsFields {
  const value = fields[name];
  if (typeof value !== "string") return bagIn(fields, name);
  return bagIn({ [name]: secret(value) }, name);
}

function demandTokens({ accessToken, refreshToken }: Tokens): void {
  if (accessToken === "" && refreshToken === "") throw new LeftOutError("no-secret");
}

/** A token of `claude setup-token` has no refresh token and may not read the profile. */
function claude(fields: CrsFields, secret: SecretReader): KindPart {
  const tokens = tokensOf(fields, secret, "claudeAiOauth");
  demandTokens(tokens);
  const { accessToken, expiresAtMs } = tokens;
  const scopes = textOf(fields, "scopes");
  const isSetupToken =
    textOf(fields, "authType") === "setup-token" ||
    (tokens.refreshToken === "" && !scopes.includes("user:profile"));
  return isSetupToken && accessToken !== ""
    ? { provider: "claude-setup-token", secret: { accessToken, expiresAtMs } }
    : { provider: "claude-oauth", secret: { ...tokens } };
}

function gemini(fields: CrsFields, secret: SecretReader): KindPart {
  const tokens = tokensOf(fields, secret, "geminiOauth");
  demandTokens(tokens);
  if (textOf(fields, "oauthProvider") === "antigravity") {
    // Its temporary projects are invented there; the portal asks Google for the account's own.
    return {
      provider: "antigravity",
      settings: { project: textOf(fields, "projectId") },
      secret: { ...tokens },
    };
  }
  return {
    provider: "gemini-oauth",
    settings: { project: textOf(fields, "projectId", "tempProjectId") },
    secret: { ...tokens },
  };
}

function openai(fields: CrsFields, secret: SecretReader): KindPart {
  const tokens = tokensOf(fields, secret, "openaiOauth");
  demandTokens(tokens);
  const settings = { chatgptAccountId: textOf(fields, "accountId") };
  return { provider: "openai-oauth", settings, secret: { ...tokens } };
}

function keyed(provider: string, fields: CrsFields, secret: SecretReader): KindPart {
  const baseUrl = textOf(fields, "apiUrl", "baseApi", "baseUrl").replace(/\/+$/, "");
  return { provider, settings: { baseUrl }, secret: { apiKey: demandKey(fields, secret) } };
}

/** Reached there by a prefix of the model's name only, never from the pool. */
function ccr(fields: CrsFields, secret: SecretReader): KindPart {
  return {
    ...keyed("claude-console", fields, secret),
    sharing: "dedicated",
    notes: [note("not-in-pool")],
  };
}

function azure(fields: CrsFields, secret: SecretReader): KindPart {
  return {
    provider: "azure-openai",
    settings: {
      baseUrl: textOf(fields, "azureEndpoint").replace(/\/+$/, ""),
      deployment: textOf(fields, "deploymentName"),
      apiVersion: textOf(fields, "apiVersion"),
    },
    secret: { apiKey: demandKey(fields, secret) },
  };
}

function bedrock(fields: CrsFields, secret: SecretReader): KindPart {
  const apiKey = bearerOf(fields, secret);
  const { accessKeyId, secretAccessKey, sessionToken } = awsOf(fields.awsCredentials, secret);
  const key = textOf({ accessKeyId }, "accessKeyId");
  if (apiKey === "" && key === "") throw new LeftOutError("no-secret");
  return {
    provider: "bedrock",
    settings: { region: textOf(fields, "region") },
    secret: apiKey
      ? { apiKey }
      : { accessKeyId: key, secretAccessKey, sessionToken: sessionToken ?? "" },
  };
}

function bearerOf(fields: CrsFields, secret: SecretReader): string {
  if (textOf(fields, "credentialType") === "access_key") return "";
  const token = fields.bearerToken;
  if (typeof token === "string" && !token.startsWith("{")) return secret(token);
  return textOf(awsOf(token, secret), "token");
}

/** Credentials are sealed as `{ encrypted, iv }`, or stand open. */
function awsOf(value: unknown, secret: SecretReader): CrsFields {
  const bag = bagIn({ value }, "value");
  const ciphertext = textOf(bag, "encrypted");
  if (ciphertext === "") return bag;
  return bagIn({ opened: secret(`${textOf(bag, "iv")}:${ciphertext}`) }, "opened");
}

/** An account there may hold many keys of Factory's; here each is an account that is chosen by itself. */
function droid(fields: CrsFields, secret: SecretReader): KindPart | KindPart[] {
  const keys = droidKeys(fields, secret);
  if (keys.length === 0) {
    const tokens = tokensOf(fields, secret, "");
    demandTokens(tokens);
    return { provider: "droid", secret: { ...tokens } };
  }
  const notes = keys.length > 1 ? [note("several-keys", "apiKeys")] : [];
  return keys.map((apiKey, i) => ({
    provider: "droid",
    secret: { apiKey },
    notes,
    ...(keys.length > 1 && { ending: String(i + 1) }),
  }));
}

function droidKeys(fields: CrsFields, secret: SecretReader): string[] {
  const entries = objectOf(fields, "apiKeys");
  if (!Array.isArray(entries)) return [];
  return entries
    .map((entry) => (typeof entry === "string" ? { key: entry } : crsFields(entry)))
    .map((entry: CrsFields) => secret(entry.encryptedKey ?? entry.key))
    .filter((key) => key !== "");
}

function demandKey(fields: CrsFields, secret: SecretReader): string {
  const apiKey = secret(fields.apiKey);
  if (apiKey === "") throw new LeftOutError("no-secret");
  return apiKey;
}
