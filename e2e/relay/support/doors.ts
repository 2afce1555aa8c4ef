import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { makeContainer } from "../../../lib/server/container";
import { readEnv } from "../../../lib/server/env";
import { resetAccountState } from "../../../lib/services/accounts/reset-account-state";
import {
  FAKE_ANTHROPIC_KEY,
  FAKE_GEMINI_KEY,
  FAKE_OPENAI_KEY,
} from "../../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../../lib/testing/upstream/server";
import { type Portal, startPortal } from "./portal";
import { type RawAnswer, type RawCall, rawCall } from "./raw-call";

/** Bodies above this are refused by the portal of this suite. */
export const MAX_BODY = 200_000;

/** One portal with two web processes: relay paths go through the fast lane of one, through Next in the other. */
export interface Doors {
  upstream: FakeUpstream;
  key: string;
  fast: string;
  web: string;
  /** Forgets what failures taught about the accounts. */
  resetAccounts(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDoors(): Promise<Doors> {
  const upstream = await startFakeUpstream();
  const portal = await startPortal({
    doors: ["fast", "web"],
    worker: false,
    env: {
      RELAY_MAX_BODY_BYTES: String(MAX_BODY),
      RELAY_FIRST_BYTE_MS: "1500",
      RELAY_IDLE_MS: "1500",
      RELAY_MAX_ATTEMPTS: "1",
    },
  });
  const [fast = "", web = ""] = portal.web.map(({ url }) => url);
  await portal.createUser("doors@example.com");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  const accountIds = await addAccounts(portal, upstream.url);
  const key = await portal.createKey("doors@example.com", "doors");
  // The use cases of the command line, in this process: resetting an account is no command.
  const admin = makeContainer(readEnv(portal.env));
  await untilServed(key, [fast, web]);
  return {
    upstream,
    key,
    fast,
    web,
    async resetAccounts() {
      const ctx = admin.context({ kind: "cli" });
      for (const id of accountIds) await resetAccountState(ctx, { id });
      // The processes are told by publishing, which is not waited for.
      await sleep(150);
    },
    async stop() {
      await admin.stop();
      await portal.stop();
      await upstream.close();
    },
  };
}

async function addAccounts(portal: Portal, baseUrl: string): Promise<string[]> {
  const settings = { baseUrl };
  const claude = await portal.addAccount({
    provider: "claude-console",
    name: "console",
    settings,
    secrets: { apiKey: FAKE_ANTHROPIC_KEY },
  });
  const google = await portal.addAccount({
    provider: "gemini-api-key",
    name: "gemini",
    settings,
    secrets: { apiKey: FAKE_GEMINI_KEY },
  });
  const openai = { baseUrl: `${baseUrl}/v1` };
  const chat = await portal.addAccount({
    provider: "openai-compatible",
    name: "chat",
    settings: openai,
    secrets: { apiKey: FAKE_OPENAI_KEY },
  });
  const responses = await portal.addAccount({
    provider: "openai-responses",
    name: "responses",
    settings: openai,
    secrets: { apiKey: FAKE_OPENAI_KEY },
  });
  return [claude.id, google.id, chat.id, responses.id];
}

/** Both processes have loaded what the command line made. */
async function untilServed(key: string, bases: readonly string[]): Promise<void> {
  for (const base of bases) {
    for (const call of [messages(key, {}), gemini(key, "generateContent", {})]) {
      await vi.waitFor(
        async () => {
          const { status, body } = await rawCall(base, call);
          expect(status, `${call.path} says ${body}`).toBe(200);
        },
        { timeout: 15_000, interval: 200 },
      );
    }
  }
}

export const authorized = (key: string, extra: Record<string, string> = {}) => ({
  authorization: `Bearer ${key}`,
  "content-type": "application/json",
  "user-agent": "doors/1.0",
  ...extra,
});

/** A call of the Anthropic face. */
export function messages(key: string, fields: object, path = "/api/v1/messages"): RawCall {
  const body = {
    model: "claude-opus-5-5",
    max_tokens: 200,
    messages: [{ role: "user", content: "Say hello, 你好 ✓ [[tokens:40]]" }],
    ...fields,
  };
  return { method: "POST", path, headers: authorized(key), body: JSON.stringify(body) };
}

/** A call of the Gemini face. `query` begins with a question mark. */
export function gemini(
  key: string,
  method: string,
  fields: object,
  { query = "", root = "/v1beta" } = {},
): RawCall {
  const body = {
    contents: [{ role: "user", parts: [{ text: "Say hello [[tokens:40]]" }] }],
    ...fields,
  };
  const path = `${root}/models/gemini-2.5-pro:${method}${query}`;
  return { method: "POST", path, headers: authorized(key), body: JSON.stringify(body) };
}

/** How a connection is framed, and what names one request among all, may differ. */
const MAY_DIFFER: ReadonlySet<string> = new Set([
  "date",
  "request-id",
  "x-request-id",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
]);
const NAMES =
  /\b(req|msg|toolu|resp|rs|fc|call|chatcmpl|cmpl|cmp|img)[_-][A-Za-z0-9_-]+|"responseId": ?"[^"]*"|"created(_at)?": ?\d+|"encrypted_content": ?"[^"]*"/g;

/** What must be equal of two answers to the same call. */
export function comparable({ status, headers, body, end }: RawAnswer) {
  const kept = Object.entries(headers).filter(([name]) => !MAY_DIFFER.has(name));
  const named = kept.map(([name, value]) => [name, String(value).replaceAll(NAMES, "<name>")]);
  const text = body.toString("latin1").replaceAll(NAMES, "<name>");
  return { status, headers: Object.fromEntries(named), body: text, end };
}
