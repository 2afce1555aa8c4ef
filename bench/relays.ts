import { setTimeout as sleep } from "node:timers/promises";
import type { NewAccount } from "../e2e/relay/support/admin";
import { type Portal, type PortalOptions, startPortal } from "../e2e/relay/support/portal";
import { rawCall } from "../e2e/relay/support/raw-call";
import { makeContainer } from "../lib/server/container";
import { readEnv } from "../lib/server/env";
import { updateUser } from "../lib/services/users/update-user";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "../lib/testing/upstream/keys";
import { type Child, startChild } from "./child";
import type { CleanUp } from "./clean-up";
import { messagesBody } from "./messages";
import { startNginx } from "./nginx";
import type { ScenarioName } from "./options";
import { startPortkey } from "./portkey";

export const RELAY_NAMES = [
  "direct",
  "nginx",
  "bare",
  "dispatch",
  "strict",
  "portal",
  "portal, Next",
  "portal to Gemini",
  "portkey",
] as const;
export type RelayName = (typeof RELAY_NAMES)[number];

/** Something to send requests to; `direct` is the upstream itself. */
export interface Relay {
  name: RelayName;
  port: number;
  /** Root of the process tree whose CPU counts. */
  pid: number;
  credential: string;
  /** What it needs on every request besides. */
  headers?: Readonly<Record<string, string>>;
  /** What it can be asked; everything when absent. */
  only?: readonly ScenarioName[];
  /** Its answers are translated: the same text, other bytes. */
  translates?: boolean;
}

export interface Stage {
  upstream: Child;
  relays: readonly Relay[];
}

const OWNER = "bench@example.com";
const SERVED_MS = 30_000;

type BenchAccount = Pick<NewAccount, "provider" | "secrets" | "map">;
const CLAUDE: BenchAccount = {
  provider: "claude-console",
  secrets: { apiKey: FAKE_ANTHROPIC_KEY },
};
const GEMINI: BenchAccount = {
  provider: "gemini-api-key",
  secrets: { apiKey: FAKE_GEMINI_KEY },
  map: { sonnet: "gemini-2.5-flash" },
};

/** Starts the upstream and every relay that this machine has, all in front of it. */
export async function setStage(ends: CleanUp): Promise<Stage> {
  const upstream = await startChild("./upstream-process.ts");
  ends.later(upstream.stop);
  const bare = await startChild("./bare-process.ts", [`http://127.0.0.1:${upstream.port}`]);
  ends.later(bare.stop);
  const dispatch = await startChild("./dispatch-process.ts", [`http://127.0.0.1:${upstream.port}`]);
  ends.later(dispatch.stop);
  const nginx = await startNginx(upstream.port);
  if (nginx) ends.later(nginx.stop);
  const portkey = await startPortkey(upstream.port);
  if (portkey) ends.later(portkey.stop);
  const portal = await preparedPortal(upstream.port, { doors: ["fast", "web"] }, ends);
  const onGemini = await preparedPortal(upstream.port, { relayOnly: true }, ends, GEMINI);
  const { REDIS_URL = "", REDIS_PREFIX = "" } = portal.env;
  const strict = await startChild("./strict-process.ts", [
    `http://127.0.0.1:${upstream.port}`,
    REDIS_URL,
    REDIS_PREFIX,
  ]);
  ends.later(strict.stop);
  const other = { credential: FAKE_ANTHROPIC_KEY };
  const relays: Relay[] = [
    { name: "direct", port: upstream.port, pid: upstream.pid, ...other },
    ...(nginx ? [{ name: "nginx" as const, port: nginx.port, pid: nginx.pid, ...other }] : []),
    { name: "bare", port: bare.port, pid: bare.pid, ...other },
    { name: "dispatch", port: dispatch.port, pid: dispatch.pid, ...other },
    { name: "strict", port: strict.port, pid: strict.pid, ...other },
    ...portal.web.map(({ url, program }, i) => ({
      name: i === 0 ? ("portal" as const) : ("portal, Next" as const),
      port: Number(new URL(url).port),
      pid: program().pid,
      credential: portal.key,
    })),
    ...onGemini.web.map(({ url, program }) => ({
      name: "portal to Gemini" as const,
      port: Number(new URL(url).port),
      pid: program().pid,
      credential: onGemini.key,
      only: ["burst", "json", "paced"] as const,
      translates: true,
    })),
    ...(portkey
      ? [{ name: "portkey" as const, ...portkey, ...other, only: ["json", "body1m"] as const }]
      : []),
  ];
  return { upstream, relays };
}

/** A portal with a user, a key and an account on the upstream, that serves already. */
export async function preparedPortal(
  upstreamPort: number,
  options: PortalOptions,
  ends: CleanUp,
  account: BenchAccount = CLAUDE,
) {
  const portal = await startPortal(options);
  ends.later(portal.stop);
  const { id } = await portal.createUser(OWNER);
  await portal.allowHost(`127.0.0.1:${upstreamPort}`);
  await portal.addAccount({
    ...account,
    name: "bench",
    settings: { baseUrl: `http://127.0.0.1:${upstreamPort}` },
    flags: ["--max-concurrency", "10000"],
  });
  const limits = ["--daily-limit", "1000000", "--concurrency", "10000"];
  const key = await portal.createKey(OWNER, "bench", limits);
  await limitUser(portal, id);
  for (const { url } of portal.web) await untilServed(url, key);
  return { ...portal, key };
}

/** The command line sets no limits of users: the use case behind the page does. */
async function limitUser({ env }: Portal, id: string): Promise<void> {
  const admin = makeContainer(readEnv(env));
  await updateUser(admin.context({ kind: "cli" }), {
    id,
    dailyLimitMicroUsd: "1000000000000",
    concurrencyLimit: 10_000,
  });
  await admin.stop();
}

async function untilServed(url: string, key: string): Promise<void> {
  const deadline = Date.now() + SERVED_MS;
  for (;;) {
    const { status, body } = await askOnce(url, key);
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`${url} answers ${status}: ${body}`);
    await sleep(100);
  }
}

/** One small request on a connection of its own. */
function askOnce(url: string, key: string) {
  return rawCall(url, {
    method: "POST",
    path: "/v1/messages",
    headers: { "x-api-key": key, "content-type": "application/json" },
    body: messagesBody(500, true),
  });
}
