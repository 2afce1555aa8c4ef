import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "../../../lib/testing/upstream/keys";
import type { NewAccount } from "../../relay/support/admin";
import {
  type Door,
  type Portal,
  type PortalOptions,
  startPortal,
} from "../../relay/support/portal";
import { chaosCall, type Face } from "./call";
import { type SpawnedUpstream, spawnUpstream } from "./fake-upstream";
import { openStream, type StreamLog } from "./stream";
import { until } from "./until";

const OWNER = "chaos@example.com";
const SERVED_MS = 30_000;
/** Short enough for a test, long enough that a busy machine's living processes are not swept. */
export const SWEEP_AFTER_MS = 6_000;

/** A portal and a fake upstream, with one user, one key and an account for each face. */
export interface Stage {
  portal: Portal;
  upstream: SpawnedUpstream;
  /** The full key; its limits are wide, but there, so that leases and reservations are taken. */
  key: string;
  accountIds: readonly string[];
  /** The calls that found out whether it serves: they are in the books like all others. */
  warmUp: StreamLog[];
  /** A further key of the same user. */
  newKey(name: string, flags: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export interface StageOptions extends Omit<PortalOptions, "relayOnly"> {
  doors?: readonly Door[];
  /** The test makes its own, and waits for them. */
  withoutAccounts?: boolean;
  upstreamFlags?: readonly string[];
}

/** Sets the stage and waits until both faces are served by every web process. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const upstream = await spawnUpstream(options.upstreamFlags);
  const doors = options.doors ?? ["fast"];
  const portal = await startPortal({
    ...options,
    doors,
    relayOnly: !doors.includes("web"),
    env: { SWEEP_AFTER_MS: String(SWEEP_AFTER_MS), LOG_LEVEL: "warn", ...options.env },
  });
  const newKey = (name: string, flags: readonly string[]) => portal.createKey(OWNER, name, flags);
  const ownerWithKey = async () => {
    await portal.createUser(OWNER);
    return newKey("load", ["--daily-limit", "100000", "--concurrency", "5000"]);
  };
  const hostWithAccounts = async () => {
    await portal.allowHost(upstream.host);
    return options.withoutAccounts ? [] : addAccounts(portal, upstream);
  };
  const [key, accountIds] = await Promise.all([ownerWithKey(), hostWithAccounts()]);
  const stage: Stage = {
    portal,
    upstream,
    key,
    accountIds,
    warmUp: [],
    newKey,
    async stop() {
      await portal.stop();
      await upstream.stop();
    },
  };
  if (!options.withoutAccounts) await untilServed(stage);
  return stage;
}

async function addAccounts(portal: Portal, upstream: SpawnedUpstream): Promise<string[]> {
  const settings = { baseUrl: upstream.url };
  const flags = ["--max-concurrency", "5000"];
  const add = (provider: NewAccount["provider"], apiKey: string) =>
    portal.addAccount({ provider, name: provider, settings, secrets: { apiKey }, flags });
  const added = await Promise.all([
    add("claude-console", FAKE_ANTHROPIC_KEY),
    add("gemini-api-key", FAKE_GEMINI_KEY),
  ]);
  return added.map(({ id }) => id);
}

/** Every web process serves both faces: it has loaded what the command line made. */
export async function untilServed(
  { portal, key, warmUp }: Stage,
  faces: readonly Face[] = ["anthropic", "gemini"],
): Promise<void> {
  for (const { url } of portal.web) {
    for (const face of faces) {
      let seen = "";
      const served = async () => {
        const call = chaosCall({ face, key, tokens: 5, delayMs: 0 });
        const log = await openStream(url, call).ended;
        warmUp.push(log);
        seen = `${url} answers ${log.status} on ${face}: ${log.body()}`;
        return log.status === 200;
      };
      await until(served, SERVED_MS, () => seen);
    }
  }
}
