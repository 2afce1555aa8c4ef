import { z } from "zod";
import { listAllUsageWindows, upsertUsageWindow } from "../../db/accounts";
import type { DbClient } from "../../db/client";
import type { Bus } from "../../redis/bus";
import type { KeyNames } from "../../redis/key-names";
import type { RelayPorts } from "../../relay/ports";
import type { QuotaWindow } from "../../relay/providers/quota-window";
import type { Clock } from "../../shared/clock";

/** A window is told again when it moved by this much, got another word or reset, or after a while. */
const STEP_PERCENT = 1;
const TOLD_EVERY_MS = 60_000;

const MESSAGE = z.object({
  id: z.string(),
  windows: z.array(
    z.object({
      name: z.string(),
      usedPercent: z.number(),
      status: z.string(),
      resetsAtMs: z.number().nullable(),
    }),
  ),
});

export interface AccountWindowsDeps {
  db: DbClient;
  keys: KeyNames;
  bus: Bus;
  clock: Clock;
  log: RelayPorts["log"];
}

export type AccountWindows = ReturnType<typeof createAccountWindows>;

/**
 * Quota windows of accounts as upstreams last stated them: in process for the scheduler, told to the other
 * processes at once, kept in Postgres. What hardly changed is not written.
 */
export function createAccountWindows({ db, keys, bus, clock, log }: AccountWindowsDeps) {
  const channel = keys.channel("account-windows");
  const known = new Map<string, readonly QuotaWindow[]>();
  const told = new Map<string, { window: QuotaWindow; atMs: number }>();

  async function tell(id: string, windows: readonly QuotaWindow[], nowMs: number): Promise<void> {
    await bus.publish(channel, JSON.stringify({ id, windows: known.get(id) ?? windows }));
    for (const window of windows) await upsertUsageWindow(db, id, window, new Date(nowMs));
  }

  return {
    of: (id: string): readonly QuotaWindow[] => known.get(id) ?? NONE,
    /** Notes what an answer stated. Never throws and is never waited for. */
    note(id: string, windows: readonly QuotaWindow[]): void {
      if (windows.length === 0) return;
      const nowMs = clock.nowMs();
      known.set(id, merged(known.get(id) ?? NONE, windows));
      const news = windows.filter((window) => {
        const before = told.get(`${id} ${window.name}`);
        return !before || nowMs - before.atMs > TOLD_EVERY_MS || hasMoved(before.window, window);
      });
      for (const window of news) told.set(`${id} ${window.name}`, { window, atMs: nowMs });
      if (news.length === 0) return;
      tell(id, news, nowMs).catch((error: unknown) => {
        log("warn", { message: "An account's quota windows were not kept.", error });
      });
    },
    /** Reads what was kept; called as often as the pool is. */
    async load(): Promise<void> {
      const stored = new Map<string, QuotaWindow[]>();
      for (const { accountId, name, usedPercent, status, resetsAt } of await listAllUsageWindows(
        db,
      )) {
        const window = { name, usedPercent, status, resetsAtMs: resetsAt?.getTime() ?? null };
        stored.set(accountId, [...(stored.get(accountId) ?? []), window]);
      }
      // What this process has heard itself is newer.
      for (const [id, windows] of stored) if (!known.has(id)) known.set(id, windows);
    },
    async start(): Promise<void> {
      await bus.listen(channel, (text) => {
        const message = MESSAGE.safeParse(JSON.parse(text));
        if (message.success) known.set(message.data.id, message.data.windows);
      });
    },
  };
}

const NONE: readonly QuotaWindow[] = [];

function merged(before: readonly QuotaWindow[], now: readonly QuotaWindow[]): QuotaWindow[] {
  const names = new Set(now.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)), ...now];
}

function hasMoved(before: QuotaWindow, now: QuotaWindow): boolean {
  if (before.status !== now.status || before.resetsAtMs !== now.resetsAtMs) return true;
  return Math.abs(before.usedPercent - now.usedPercent) >= STEP_PERCENT;
}
