import {
  FAKE_ANTHROPIC_KEY,
  FAKE_GEMINI_KEY,
  FAKE_OPENAI_KEY,
} from "../../lib/testing/upstream/keys";
import { freePort } from "../relay/support/free-port";
import type { World } from "./fill";
import type { PortalApi } from "./portal-api";

/** A key that the filling's upstream has to accept besides its usual ones. */
export const LIMITED_GEMINI_KEY = "AIzaFakeUpstreamKeyWhoseQuotaIsUsedUp000";
const WRONG_KEY = "sk-ant-api03-withdrawn-by-its-owner-0000";
const HOUR_SECONDS = 3_600;

/** Accounts in every state; the ones in trouble come first in the choice, so that they get there. */
export async function fillPool(
  world: World,
  admin: PortalApi,
): Promise<{ account: string; brokenAccount: string }> {
  const { upstreamUrl } = world;
  const gone = `127.0.0.1:${await freePort()}`;
  await world.allowHost(gone);
  await addFault(upstreamUrl);
  const settings = { baseUrl: upstreamUrl };
  const account = await world.addAccount({
    provider: "claude-console",
    name: "Claude, team A",
    settings,
    secrets: { apiKey: FAKE_ANTHROPIC_KEY },
    flags: ["--priority", "10", "--max-concurrency", "32"],
  });
  await world.addAccount({
    provider: "gemini-api-key",
    name: "Gemini, paid",
    settings,
    secrets: { apiKey: FAKE_GEMINI_KEY },
    flags: ["--priority", "10"],
  });
  await world.addAccount({
    provider: "openai-responses",
    name: "OpenAI, team A",
    settings,
    secrets: { apiKey: FAKE_OPENAI_KEY },
    flags: ["--priority", "50"],
  });
  await world.addAccount({
    provider: "openai-compatible",
    name: "DeepSeek",
    settings,
    secrets: { apiKey: FAKE_OPENAI_KEY },
    map: { "deepseek-*": "deepseek-v4-pro" },
    flags: ["--priority", "50"],
  });
  const brokenAccount = await world.addAccount({
    provider: "claude-console",
    name: "Claude, withdrawn",
    settings,
    secrets: { apiKey: WRONG_KEY },
    flags: ["--priority", "1"],
  });
  await world.addAccount({
    provider: "gemini-api-key",
    name: "Gemini, free tier",
    settings,
    secrets: { apiKey: LIMITED_GEMINI_KEY },
    flags: ["--priority", "1"],
  });
  await world.addAccount({
    provider: "claude-console",
    name: "CCR-Gemini3",
    settings: { baseUrl: `http://${gone}` },
    secrets: { apiKey: "router-password" },
    map: { "claude-haiku-*": "gemini-3-flash-preview", opus: "gemini-3-pro-preview" },
    flags: ["--priority", "1"],
  });
  const spare = await world.addAccount({
    provider: "claude-console",
    name: "Claude, spare",
    settings,
    secrets: { apiKey: FAKE_ANTHROPIC_KEY },
    flags: ["--priority", "90"],
  });
  await admin.call("POST", `/api/admin/accounts/${spare.id}/pause`);
  await admin.call("POST", "/api/admin/groups", {
    name: "Team A",
    note: "Its keys are bound to it.",
    members: [
      { accountId: account.id, weight: 3 },
      { accountId: brokenAccount.id, weight: 1 },
    ],
  });
  await admin.call("POST", "/api/admin/notification-channels", {
    kind: "slack",
    name: "On call",
    events: ["stopped", "limited", "recovered"],
    locale: "en",
    settings: {},
    secret: { url: `${upstreamUrl}/hooks/on-call` },
  });
  return { account: account.id, brokenAccount: brokenAccount.id };
}

/** The provider says that the quota of the free account is used up. */
async function addFault(upstreamUrl: string): Promise<void> {
  const rules = [
    {
      when: { key: LIMITED_GEMINI_KEY },
      faults: [{ kind: "status", status: 429, retryAfterSeconds: HOUR_SECONDS }],
    },
    {
      when: { model: "claude-opus-4-5-20251101", stream: true },
      skip: 1,
      times: 1,
      faults: [{ kind: "cut", form: "reset", afterEvents: 12 }],
    },
  ];
  await fetch(`${upstreamUrl}/__faults`, { method: "POST", body: JSON.stringify({ rules }) });
}
