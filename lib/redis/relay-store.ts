import type { Redis } from "ioredis";
import { accountLeaseScripts } from "./account-lease";
import { admitScript } from "./admit-script";
import { beatScripts } from "./beat-script";
import { innerUsageStore } from "./inner-usage";
import type { KeyNames } from "./key-names";
import { seedScript } from "./seed-script";
import { settleScript } from "./settle-script";
import { appendMessage, chargesInStream } from "./usage-stream";

export type RelayStore = ReturnType<typeof relayStore>;

/** What admission and metering do in Redis, on one connection and under one prefix. */
export function relayStore(redis: Redis, keys: KeyNames) {
  return {
    keys,
    admit: admitScript(redis),
    settle: settleScript(redis),
    accounts: accountLeaseScripts(redis),
    beats: beatScripts(redis),
    seed: seedScript(redis),
    inner: innerUsageStore(redis),
    chargesInStream: (tag: string) => chargesInStream(redis, keys.usage(tag)),
    append: (about: string, kind: "r" | "e", json: string) =>
      appendMessage(redis, keys, about, kind, json),
    /** Moves a session to another account, whoever held it before. */
    async stick(tag: string, id: string, accountId: string, ttlMs: number): Promise<void> {
      await redis.set(keys.sticky(tag, id), accountId, "PX", ttlMs);
    },
    /** Spend counters that may be wrong: the next admission reads their truth again. */
    async forgetSpends(spends: readonly string[]): Promise<void> {
      await Promise.all(spends.map((key) => redis.hdel(key, "g")));
    },
    /** Calls back each time that the connection is usable again. */
    onReady: (fn: () => void) => redis.on("ready", fn),
  };
}
