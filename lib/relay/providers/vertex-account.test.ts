import { createVerify, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { decode, encode } from "../stream/bytes";
import { sampleSend } from "../testing/sample-send";
import { tokenService } from "../testing/token-service";
import { formFields } from "./form";
import { vertex } from "./vertex/index";
import { vertexClaude } from "./vertex-claude/index";

const NOW = 1_800_000_000_000;
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const KEY_FILE = {
  type: "service_account",
  project_id: "acme-prod-1",
  private_key_id: "k1",
  private_key: privateKey,
  client_email: "relay@acme-prod-1.iam.gserviceaccount.com",
};
// As a form gives it on: a single-line field takes the line breaks out.
const SECRET = { serviceAccount: JSON.stringify(KEY_FILE, null, 2).replaceAll("\n", "") };

const read = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

it("wins an access token by an assertion that the service account's key has signed", async () => {
  const { ask, bodies } = tokenService({
    "/token": { body: { access_token: "at", expires_in: 3599 } },
  });
  expect(vertex.renewal?.expiresAtMs(SECRET)).toBe(0);
  const granted = await vertex.renewal?.renew(SECRET, {}, ask, NOW);
  const expiresAtMs = NOW + 3_599_000;
  expect(granted).toEqual({ secret: { ...SECRET, accessToken: "at", expiresAtMs }, expiresAtMs });
  expect(vertex.renewal?.expiresAtMs(granted?.secret)).toBe(expiresAtMs);
  const form = new URLSearchParams(bodies("/token")[0]);
  expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
  const [head, claims, signature = ""] = form.get("assertion")?.split(".") ?? [];
  expect(read(head)).toEqual({ alg: "RS256", typ: "JWT", kid: "k1" });
  expect(read(claims)).toEqual({
    iss: KEY_FILE.client_email,
    aud: "https://oauth2.googleapis.com/token",
    scope: "https://www.googleapis.com/auth/cloud-platform",
    iat: NOW / 1_000,
    exp: NOW / 1_000 + 3_600,
  });
  const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
  expect(verify.verify(publicKey, signature, "base64url")).toBe(true);
});

it("stops an account whose key was withdrawn or cannot be read", async () => {
  const { ask } = tokenService({ "/token": { status: 400, body: { error: "invalid_grant" } } });
  await expect(vertex.renewal?.renew(SECRET, {}, ask, NOW)).rejects.toMatchObject({
    code: "upstream_denied",
  });
  const broken = { ...KEY_FILE, private_key: "-----BEGIN PRIVATE KEY-----\nAAAA\n" };
  const unread = vertex.renewal?.renew({ serviceAccount: JSON.stringify(broken) }, {}, ask, NOW);
  await expect(unread).rejects.toMatchObject({ code: "upstream_denied" });
  await expect(unread).rejects.not.toThrow(/AAAA/);
});

it("takes the key file and nothing else, and shows no token", () => {
  for (const wrong of [
    "",
    "{}",
    "AIzaKey",
    JSON.stringify({ ...KEY_FILE, type: "authorized_user" }),
  ]) {
    expect(vertex.secret.safeParse({ serviceAccount: wrong }).success, wrong.slice(0, 20)).toBe(
      false,
    );
  }
  expect(formFields(vertex.secret).map(({ name }) => name)).toEqual(["serviceAccount"]);
});

const sent = (stream: "sse" | "array" | null, changes: Parameters<typeof sampleSend>[0] = {}) => {
  const plain = sampleSend(changes);
  return { ...plain, facts: { ...plain.facts, stream } };
};

it("finds the project in the key file, and the endpoint by the location", () => {
  const gemini = { protocol: "gemini" as const, model: "gemini-3-pro" };
  const url = (settings: object, send = sent(null, gemini)) =>
    vertex.address(settings, send, SECRET).href;
  const of = (host: string, place: string, project = "acme-prod-1") =>
    `https://${host}/v1/projects/${project}/locations/${place}/publishers/google/models/gemini-3-pro`;
  expect(url({})).toBe(`${of("aiplatform.googleapis.com", "global")}:generateContent`);
  expect(url({ location: "us-east5", project: "other-project" })).toBe(
    `${of("us-east5-aiplatform.googleapis.com", "us-east5", "other-project")}:generateContent`,
  );
  expect(url({ location: "eu" }, sent("sse", gemini))).toBe(
    `${of("aiplatform.eu.rep.googleapis.com", "eu")}:streamGenerateContent?alt=sse`,
  );
  expect(url({}, sent(null, { ...gemini, action: "count" }))).toContain(":countTokens");
  const claude = vertexClaude.address(
    {},
    sent("sse", { model: "claude-haiku-4-5@20251001" }),
    SECRET,
  );
  expect(claude.pathname).toMatch(
    /\/publishers\/anthropic\/models\/claude-haiku-4-5@20251001:streamRawPredict$/,
  );
});

it("counts what the Gemini API wraps, and calls Claude without its name", () => {
  const wrapped = encode(
    '{"generateContentRequest":{"model":"models/m","contents":[{"parts":[]}]}}',
  );
  const count = sent(null, { protocol: "gemini", action: "count" });
  expect(decode(vertex.wire({}, SECRET)?.body(wrapped, count) ?? wrapped)).toBe(
    '{"contents":[{"parts":[]}]}',
  );
  const body = encode('{"model":"x","stream":true,"messages":[]}');
  expect(
    JSON.parse(decode(vertexClaude.wire({}, SECRET)?.body(body, sent("sse")) ?? body)),
  ).toEqual({
    anthropic_version: "vertex-2023-10-16",
    stream: true,
    messages: [],
  });
});

it("tells Anthropic's answers from Google's", () => {
  const named = (status: number, body: object) =>
    vertexClaude.diagnose({ status, headers: {}, body: JSON.stringify(body), model: "m" }).code;
  const limited = { type: "error", error: { type: "rate_limit_error", message: "Slow down." } };
  expect(named(429, limited)).toBe("upstream_limited");
  expect(named(404, { error: { code: 404, message: "Publisher Model `m` was not found." } })).toBe(
    "upstream_lacks_model",
  );
  expect(named(403, { error: { code: 403, status: "PERMISSION_DENIED" } })).toBe("upstream_denied");
});
