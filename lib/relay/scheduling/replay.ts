import { AppError } from "../../shared/errors";
import type { PoolAccount, ProtocolId } from "../model";
import type { DecisionTrace, RelaySettings } from "../ports";
import { chooseAccount } from "./choose-account";
import { liveParts } from "./decision-facts";
import type { ChoiceFacts } from "./facts";
import type { RecordedFacts } from "./recorded-facts";
import type { RecordedAccount } from "./recorded-pool";

/** A choice that was made, with what it was made from. */
export interface RecordedDecision {
  requestId: string;
  attempt: number;
  /** Model as the client asked for it. */
  model: string;
  keyId: string;
  ownerId: string;
  session: string | null;
  /** When the request ended (epoch ms): until then it kept a slot of its account. */
  endedAtMs: number;
  chosen: string;
  facts: RecordedFacts;
}

/** What would be different. Fields that are left out stay as they were at each decision. */
export interface PoolChange {
  strategy?: RelaySettings["strategy"] | undefined;
  accounts: ReadonlyMap<string, Partial<Omit<RecordedAccount, "id">>>;
}

export interface Replayed {
  decision: RecordedDecision;
  /** null: refused. */
  after: string | null;
  trace: DecisionTrace;
}

export interface ReplayWorld {
  /** Versions of the pool by their name. */
  pools: ReadonlyMap<string, readonly RecordedAccount[]>;
  spokenFor(protocol: ProtocolId): ChoiceFacts["spokenBy"];
}

/**
 * Makes recorded choices again, oldest first, through the same function, in a pool that is changed. What
 * moves has its effect on what follows: it counts as a use of its new account, takes a slot there for
 * as long as the request took, and takes its session along. Choices that cannot be made again, for want
 * of their version of the pool, are left out.
 */
export function replay(
  decisions: readonly RecordedDecision[],
  world: ReplayWorld,
  change: PoolChange,
): Replayed[] {
  const effects = movedEffects();
  const replayed: Replayed[] = [];
  for (const decision of decisions) {
    const recorded = world.pools.get(decision.facts.pool);
    if (!recorded || recorded.length !== decision.facts.live.length) continue;
    const { facts, requestId } = decision;
    const pool = recorded.map((account, i) =>
      effects.felt(accountAt(account, decision, i, change), facts.atMs),
    );
    const { account, trace } = chooseAccount(
      pool,
      choiceFacts(decision, world, effects.sessionAt(decision)),
      new Set(facts.tried),
      { strategy: change.strategy ?? facts.strategy, scoreWeights: facts.weights },
      facts.atMs,
      requestId,
    );
    const after = account?.id ?? null;
    effects.note(decision, after, pool);
    replayed.push({ decision, after, trace });
  }
  return replayed;
}

function accountAt(
  account: RecordedAccount,
  { facts }: RecordedDecision,
  at: number,
  change: PoolChange,
): PoolAccount {
  const live = facts.live[at];
  if (!live) throw new AppError("internal", "A recorded choice lacks an account.");
  return {
    ...account,
    ...change.accounts.get(account.id),
    ...liveParts(live, facts.atMs),
    ...UNRECORDED,
    name: account.id,
  };
}

/** What no choice depends on. */
const UNRECORDED = {
  ownerId: null,
  settings: null,
  secretVersion: 0,
  tokenExpiresAtMs: null,
  leadsBack: null,
  openSecret(): never {
    throw new AppError("internal", "A replay has no secrets.");
  },
  openProxy(): never {
    throw new AppError("internal", "A replay has no secrets.");
  },
};

function choiceFacts(
  { facts, model, keyId, ownerId }: RecordedDecision,
  world: ReplayWorld,
  movedTo: string | null,
): ChoiceFacts {
  const protocol = facts.protocol as ProtocolId; // A name that is gone is spoken by nobody.
  const reserved = facts.reserved ?? [];
  return {
    protocol,
    model,
    key: {
      id: keyId,
      ownerId,
      binding: facts.binding ?? null,
      modelMap: { entries: facts.keyMap ?? [] },
    },
    stickyAccountId: movedTo ?? facts.sticky ?? null,
    spokenBy: world.spokenFor(protocol),
    admits: (provider) => !reserved.includes(provider),
  };
}

/** The last choice that left an account, and when that account had been used before it. */
interface Away {
  atMs: number;
  beforeMs: number;
}

/** A use is noted once its request is admitted: this much after the choice at most. */
const NOTED_MS = 250;

/** The last use as it would be without the one that went elsewhere. */
function spared(lastUsedAtMs: number, away: Away | undefined): number {
  const sinceMs = lastUsedAtMs - (away?.atMs ?? 0);
  return away && sinceMs >= 0 && sinceMs <= NOTED_MS ? away.beforeMs : lastUsedAtMs;
}

/** What choices that went elsewhere change for those after them; nothing while none did. */
function movedEffects() {
  const usedAt = new Map<string, number>();
  const away = new Map<string, Away>();
  const sessions = new Map<string, string>();
  let slots: { accountId: string; by: 1 | -1; untilMs: number }[] = [];
  return {
    felt(account: PoolAccount, atMs: number): PoolAccount {
      const { id, load } = account;
      let { inFlight } = load;
      for (const slot of slots)
        if (slot.accountId === id && slot.untilMs > atMs) inFlight += slot.by;
      const lastUsedAtMs = Math.max(spared(load.lastUsedAtMs, away.get(id)), usedAt.get(id) ?? 0);
      return { ...account, load: { ...load, inFlight: Math.max(inFlight, 0), lastUsedAtMs } };
    },
    sessionAt: (decision: RecordedDecision) => sessions.get(sessionOf(decision) ?? "") ?? null,
    note(decision: RecordedDecision, after: string | null, pool: readonly PoolAccount[]): void {
      const { chosen, endedAtMs, facts } = decision;
      const session = sessionOf(decision);
      const knowsSession = session !== null && sessions.has(session);
      if (session !== null && after !== null && (knowsSession || after !== chosen)) {
        sessions.set(session, after);
      }
      if (after === chosen) {
        away.delete(chosen);
        return;
      }
      const left = pool.find(({ id }) => id === chosen);
      if (left) away.set(chosen, { atMs: facts.atMs, beforeMs: left.load.lastUsedAtMs });
      slots = slots.filter(({ untilMs }) => untilMs > facts.atMs);
      slots.push({ accountId: chosen, by: -1, untilMs: endedAtMs });
      if (after === null) return;
      slots.push({ accountId: after, by: 1, untilMs: endedAtMs });
      usedAt.set(after, facts.atMs);
    },
  };
}

function sessionOf({ keyId, session, facts }: RecordedDecision): string | null {
  return session === null ? null : `${keyId}\n${facts.protocol}\n${session}`;
}
