import { LRUCache } from "lru-cache";
import type { ThoughtStore } from "../../redis/thoughts";
import type { RelayPorts, ThoughtOwner } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import type { SealedPlace, Vault } from "../context";

/** Real signatures have a few kB; what is larger than this is none. */
const MOST_BYTES_EACH = 64 * 1024;
/** Of one owner on one day, over all processes: some ten thousand calls of tools. */
const MOST_BYTES_A_DAY = 64 * 1024 * 1024;
const MOST_BYTES_HELD = 32 * 1024 * 1024;
const MOST_OWNERS = 10_000;
const DAY_MS = 24 * 3_600_000;

export interface ThoughtKeeperDeps {
  store: ThoughtStore;
  vault: Vault;
  clock: Clock;
  log: RelayPorts["log"];
}

export type ThoughtKeeper = ReturnType<typeof createThoughtKeeper>;

/**
 * Keeps the signatures that clients cannot carry: in this process for the next request, in Redis, sealed
 * by the vault, for other processes and for after a restart. Losing one costs the model its thoughts, never
 * the request; so nothing here fails.
 */
export function createThoughtKeeper({ store, vault, clock, log }: ThoughtKeeperDeps) {
  const held = new LRUCache<string, string>({
    maxSize: MOST_BYTES_HELD,
    sizeCalculation: (sealed, name) => sealed.length + name.length,
  });
  /** Bytes of an owner's day as Redis last told. */
  const spent = new LRUCache<string, number>({ max: MOST_OWNERS, ttl: DAY_MS });
  const today = () => Math.floor(clock.nowMs() / DAY_MS);

  function opened(ownerId: string, name: string, value: string): string | null {
    try {
      return vault.open(placeOf(ownerId, name), value);
    } catch {
      return null;
    }
  }

  async function readMissing(
    { ownerId, payerTag }: ThoughtOwner,
    missing: readonly string[],
    found: Map<string, string>,
  ): Promise<void> {
    const values = await store.read(payerTag, ownerId, missing);
    for (const [at, name] of missing.entries()) {
      const value = values[at] ?? null;
      const sealed = value === null ? null : opened(ownerId, name, value);
      if (sealed === null) continue;
      found.set(name, sealed);
      held.set(heldName(ownerId, name), sealed);
    }
  }

  const recall: RelayPorts["recallThoughts"] = async (owner, names) => {
    const found = new Map<string, string>();
    for (const name of names) {
      const sealed = held.get(heldName(owner.ownerId, name));
      if (sealed !== undefined) found.set(name, sealed);
    }
    const missing = names.filter((name) => !found.has(name));
    if (missing.length === 0) return found;
    await readMissing(owner, missing, found).catch((err) =>
      log("warn", { event: "thoughts.not-recalled", missing: missing.length, err }),
    );
    return found;
  };

  const keep: RelayPorts["keepThoughts"] = (owner, thoughts) => {
    const { ownerId, payerTag } = owner;
    const fit = thoughts.filter(({ sealed }) => sealed.length <= MOST_BYTES_EACH);
    for (const { name, sealed } of fit) held.set(heldName(ownerId, name), sealed);
    const day = today();
    const account = `${ownerId} ${day}`;
    if (fit.length === 0 || (spent.get(account) ?? 0) > MOST_BYTES_A_DAY) return;
    const stored = fit.map(({ name, sealed }) => ({
      name,
      value: vault.seal(placeOf(ownerId, name), sealed),
    }));
    store
      .write(payerTag, ownerId, stored, day)
      .then((bytes) => spent.set(account, bytes))
      .catch((err) => log("warn", { event: "thoughts.not-kept", count: stored.length, err }));
  };

  return { recall, keep };
}

function placeOf(ownerId: string, name: string): SealedPlace {
  return { table: "thought", column: "sealed", row: `${ownerId} ${name}` };
}

function heldName(ownerId: string, name: string): string {
  return `${ownerId} ${name}`;
}
