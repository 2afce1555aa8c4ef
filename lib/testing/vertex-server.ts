import { createPublicKey, createVerify, generateKeyPairSync, randomBytes } from "node:crypto";
import { type BackendCall, type BackendReply, startBackend } from "./backend";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "./upstream/keys";

const PROJECT = "fake-project-1";
const EMAIL = `relay@${PROJECT}.iam.gserviceaccount.com`;
const KEY_ID = "key-1";
const AUDIENCE = "https://oauth2.googleapis.com/token";
const LOCATION = "europe-west1";
const CALL =
  /^\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/publishers\/(google|anthropic)\/models\/([^/]+):(\w+)$/;
const CLAUDE: Readonly<Record<string, string>> = {
  "claude-opus-4-5@20251101": "claude-opus-4-5",
  "claude-haiku-4-5@20251001": "claude-haiku-4-5",
};

/**
 * Vertex AI and Google's token endpoint on loopback, for one service account: takes assertions that its key
 * has signed, access tokens that were given for them, and calls of its project; what they ask is
 * handed to a fake of the Gemini or the Messages API.
 */
export async function startVertexServer(behind: { port: number }) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const tokens = new Set<string>();
  const backend = await startBackend(behind, (call) =>
    call.url.pathname === "/token" ? grant(call, publicKey, tokens) : serve(call, tokens),
  );
  const serviceAccount = {
    type: "service_account",
    project_id: PROJECT,
    private_key_id: KEY_ID,
    private_key: privateKey,
    client_email: EMAIL,
    token_uri: AUDIENCE,
  };
  return {
    ...backend,
    tokenUrl: `${backend.url}/token`,
    location: LOCATION,
    /** The key file, as Google Cloud gives it out. */
    keyFile: JSON.stringify(serviceAccount, null, 2),
    /** Tokens that were given so far. */
    granted: () => tokens.size,
  };
}

function grant(call: BackendCall, publicKey: string, tokens: Set<string>): BackendReply {
  const form = new URLSearchParams(call.body.toString("utf8"));
  const isGrant = form.get("grant_type") === "urn:ietf:params:oauth:grant-type:jwt-bearer";
  if (!isGrant || !isAsserted(form.get("assertion") ?? "", publicKey)) {
    const answer = { error: "invalid_grant", error_description: "Invalid JWT Signature." };
    return { status: 400, answer };
  }
  const token = `ya29.${randomBytes(16).toString("hex")}`;
  tokens.add(token);
  const answer = { access_token: token, expires_in: 3599, token_type: "Bearer" };
  return { status: 200, answer };
}

function isAsserted(assertion: string, publicKey: string): boolean {
  const [head = "", claims = "", signature = ""] = assertion.split(".");
  const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
  if (!verify.verify(createPublicKey(publicKey), signature, "base64url")) return false;
  const { alg, kid } = read(head);
  const { iss, aud, iat, exp, scope } = read(claims);
  const now = Date.now() / 1_000;
  const isNow = Number(iat) <= now + 60 && Number(exp) > now && Number(exp) - Number(iat) <= 3600;
  const isHis = iss === EMAIL && aud === AUDIENCE && kid === KEY_ID && alg === "RS256";
  return isNow && isHis && String(scope).endsWith("/auth/cloud-platform");
}

function read(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

function serve(call: BackendCall, tokens: Set<string>): BackendReply {
  const token = /^Bearer (.*)$/.exec(call.headers.authorization ?? "")?.[1] ?? "";
  if (!tokens.has(token)) return refused(401, "UNAUTHENTICATED", "Invalid credentials.");
  const [, project, location, publisher, model = "", verb] = CALL.exec(call.url.pathname) ?? [];
  if (project !== PROJECT) return refused(403, "PERMISSION_DENIED", "Permission denied.");
  if (location !== LOCATION) return refused(404, "NOT_FOUND", "Publisher Model was not found.");
  if (publisher === "google") {
    const path = `/v1beta/models/${model}:${verb}${call.url.search}`;
    return { path, headers: { "x-goog-api-key": FAKE_GEMINI_KEY } };
  }
  return claude(call, model, verb === "streamRawPredict");
}

function claude(call: BackendCall, name: string, streams: boolean): BackendReply {
  const { anthropic_version, ...body } = JSON.parse(call.body.toString("utf8"));
  const model = CLAUDE[decodeURIComponent(name)];
  if (!model) return refused(404, "NOT_FOUND", `Publisher Model ${name} was not found.`);
  if (
    anthropic_version !== "vertex-2023-10-16" ||
    "model" in body ||
    (body.stream ?? false) !== streams
  ) {
    return refused(400, "INVALID_ARGUMENT", "The body is not what this address takes.");
  }
  return {
    path: "/v1/messages",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: Buffer.from(JSON.stringify({ ...body, model })),
  };
}

function refused(code: number, status: string, message: string): BackendReply {
  return { status: code, answer: { error: { code, message, status } } };
}
