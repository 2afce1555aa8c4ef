import { z } from "zod";
import type { DbClient } from "../../db/client";
import { clearAccountStop } from "../../db/snapshots";
import {
  readAccountLoad,
  readAccountStates,
  tellAccountLoad,
  writeAccountState,
} from "../../redis/account-states";
import type { Bus } from "../../redis/bus";
import type { Redis } from "../../redis/connections";
import type { KeyNames } from "../../redis/key-names";
import type { RelayStore } from "../../redis/relay-store";
import type { AccountLoad, AccountState } from "../../relay/model";
import type { AccountReport, RelayPorts } from "../../relay/ports";
import { type CoolDownSettings, nextState } from "../../relay/scheduling/cool-down";
import type { Clock } from "../../shared/clock";
import { FAILURES } from "../../shared/errors";
import type { LiveAccounts } from "../context";
import { accountEvent } from "./account-event";
import type { AccountWindows } from "./account-windows";
import { coolDownRules } from "./cool-down-rules";
import { createRounds } from "./rounds";

const TOLD_EVERY_MS = 3_000;
/** No cool-down lasts longer; what stops an account for good is in Postgres too. */
const KEEP_MS = 7 * 86_400_000;

const CALM: AccountState = {
  coolingUntilMs: null,
  coolingReason: null,
  limitedFamilies: {},
  stopped: null,
  failuresInARow: 0,
};

const STATE = z.object({
  coolingUntilMs: z.number().nullable(),
  coolingReason: z.string().nullable(),
  limitedFamilies: z.record(z.string(), z.number()),
  stopped: z.enum(["needs-sign-in", "blocked"]).nullable(),
  failuresInARow: z.number(),
});
const MESSAGE = z.object({ id: z.string(), state: STATE.nullable() });

export interface AccountStatesDeps {
  db: DbClient;
  redis: Redis;
  keys: KeyNames;
  bus: Bus;
  store: RelayStore;
  clock: Clock;
  owner: string;
  windows: AccountWindows;
  log: RelayPorts["log"];
}

export type AccountStates = ReturnType<typeof createAccountStates>;

/**
 * What is known about accounts right now: kept in process for the scheduler, shared through Redis,
 * told to every process within milliseconds. Failures also go to the account's history.
 */
export function createAccountStates(deps: AccountStatesDeps) {
  const { redis, keys, bus, clock, log } = deps;
  const channel = keys.channel("account-states");
  const states = new Map<string, AccountState>();
  const loads: Loads = new Map();
  /** Of accounts whose rests an admin changed. */
  const rules = new Map<string, CoolDownSettings>();
  const warn = (message: string) => (error: unknown) => log("warn", { message, error });

  const stateOf = (id: string): AccountState => states.get(id) ?? CALM;

  const loadOf = loadKeeper(loads);

  async function write(id: string, state: AccountState | null): Promise<void> {
    const json = state && JSON.stringify(state);
    await writeAccountState(redis, keys, id, json, KEEP_MS);
    await bus.publish(channel, JSON.stringify({ id, state }));
  }

  function report(told: AccountReport): void {
    noteOutcome(loadOf(told.accountId), told);
    if (told.windows) deps.windows.note(told.accountId, told.windows);
    const before = stateOf(told.accountId);
    const nowMs = clock.nowMs();
    const after = nextState(before, told, nowMs, rules.get(told.accountId));
    const event = accountEvent(told, before, after, nowMs);
    if (event) {
      const sent = deps.store.append(told.accountId, "e", JSON.stringify(event));
      sent.catch(warn("An account's history lost an entry."));
    }
    // Most requests succeed on a calm account: they write nothing.
    if (isSame(before, after)) return;
    states.set(told.accountId, after);
    write(told.accountId, isSame(after, CALM) ? null : after).catch(
      warn("An account's state was not shared."),
    );
  }

  const rounds = createRounds(clock, () => {});

  const live: LiveAccounts = {
    read: (ids) => readLive(deps, ids),
    report,
    async reset(id) {
      await clearAccountStop(deps.db, id);
      states.delete(id);
      await write(id, null);
    },
  };

  return {
    live,
    report,
    stateOf,
    loadOf,
    /** Reads what is known about these accounts; `stopped` is what Postgres says about them. */
    async load(
      accounts: readonly { id: string; stopped: string | null; coolDown: unknown }[],
    ): Promise<void> {
      const ids = accounts.map((account) => account.id);
      const texts = await readAccountStates(redis, keys, ids);
      rules.clear();
      accounts.forEach(({ id, stopped, coolDown }, i) => {
        const own = coolDownRules(coolDown);
        if (own) rules.set(id, own);
        const state = parseState(texts[i]);
        const reason = STATE.shape.stopped.catch(null).parse(stopped);
        states.set(id, reason && !state.stopped ? { ...state, stopped: reason } : state);
      });
    },
    async start(): Promise<void> {
      rounds.every(TOLD_EVERY_MS, "Telling loads", loadTeller(deps, loads));
      await bus.listen(channel, (text) => {
        const message = MESSAGE.safeParse(JSON.parse(text));
        if (!message.success) return;
        states.set(message.data.id, message.data.state ?? CALM);
      });
    },
    stop(): void {
      rounds.stop();
    },
  };
}

type Loads = Map<string, AccountLoad>;

/** The load of an account, the same object each time. */
function loadKeeper(loads: Loads) {
  return (id: string): AccountLoad => {
    const known = loads.get(id);
    if (known) return known;
    const load = { inFlight: 0, lastUsedAtMs: 0, errorRate: 0, firstByteMs: 0 };
    loads.set(id, load);
    return load;
  };
}

/** Each new attempt counts this much in the averages. */
const NEWEST_SHARE = 0.1;

/** Keeps the averages that the strategy "score" looks at. What is of the caller's making counts as no failure. */
function noteOutcome(load: AccountLoad, told: AccountReport): void {
  const failed = told.kind === "failed" && FAILURES[told.error.code].account !== "keep" ? 1 : 0;
  load.errorRate += (failed - load.errorRate) * NEWEST_SHARE;
  if (told.kind !== "served") return;
  const before = load.firstByteMs === 0 ? told.firstByteMs : load.firstByteMs;
  load.firstByteMs = before + (told.firstByteMs - before) * NEWEST_SHARE;
}

/** Tells the others how many requests this process runs on each account, while it runs any. */
function loadTeller({ redis, keys, clock, owner }: AccountStatesDeps, loads: Loads) {
  const told = new Set<string>();
  return async (): Promise<void> => {
    const nowMs = clock.nowMs();
    const changed = [...loads].filter(([id, load]) => load.inFlight > 0 || told.has(id));
    await Promise.all(
      changed.map(([id, { inFlight }]) => {
        if (inFlight > 0) told.add(id);
        else told.delete(id);
        return tellAccountLoad(redis, keys, id, owner, inFlight, nowMs);
      }),
    );
  };
}

async function readLive({ redis, keys, clock }: AccountStatesDeps, ids: readonly string[]) {
  const nowMs = clock.nowMs();
  const [texts, inFlight] = await Promise.all([
    readAccountStates(redis, keys, ids),
    Promise.all(ids.map((id) => readAccountLoad(redis, keys, id, nowMs))),
  ]);
  return new Map(
    ids.map((id, i) => [id, { state: parseState(texts[i]), inFlight: inFlight[i] ?? 0 }]),
  );
}

function parseState(text: string | null | undefined): AccountState {
  return text ? STATE.catch(CALM).parse(JSON.parse(text)) : CALM;
}

function isSame(a: AccountState, b: AccountState): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
