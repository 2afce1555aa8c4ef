import { hash as digest } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { DbClient } from "../../db/client";
import {
  findKeySnapshot,
  findKeySnapshotsOf,
  type KeySnapshotRow,
  listKeySnapshots,
} from "../../db/snapshots";
import type { KeyRecord } from "../../relay/model";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";
import { isImportedForm, isKeySecret, isKeySized } from "../../shared/key-format";
import { keyRecordOf } from "./key-record";

const PAGE = 1_000;
/** Secrets that are known not to open anything, and those of revoked keys. */
const CLOSED_MAX = 20_000;
const CLOSED_TTL_MS = 60_000;
/** Look-ups of unknown secrets: this many at once per address, and one more each so many ms. */
const LOOKUP_BURST = 20;
const LOOKUP_EVERY_MS = 500;
const ADDRESSES_MAX = 20_000;
const FOREVER = Number.POSITIVE_INFINITY;

interface Entry {
  record: KeyRecord;
  validUntilMs: number;
}

export interface KeySnapshotDeps {
  db: DbClient;
  clock: Clock;
  /** Told which keys were read again because somebody changed them. */
  onChanged: (records: readonly KeyRecord[]) => Promise<void>;
  /** Takes an imported key over at its first use; false when it belongs to none. */
  adopt: (secret: string, hash: string) => Promise<boolean>;
}

/**
 * All live keys in memory, by the hash of their secrets: the hot path asks no database. A secret that
 * is not there costs one look-up, limited per address, and is then remembered as closed.
 */
export function createKeySnapshot({ db, clock, onChanged, adopt }: KeySnapshotDeps) {
  let entries = new Map<string, Entry>();
  /** Changes that arrive during a full load are applied to it as well. */
  let changedMeanwhile: Set<string> | null = null;
  const closed = new LRUCache<string, { record: KeyRecord | null }>({
    max: CLOSED_MAX,
    ttl: CLOSED_TTL_MS,
  });
  const allowance = lookupAllowance(clock);

  async function reload(): Promise<void> {
    const fresh = new Map<string, Entry>();
    changedMeanwhile = new Set();
    let after = "";
    for (;;) {
      const rows = await listKeySnapshots(db, after, PAGE);
      for (const row of rows) fresh.set(row.hash, entryOf(row));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = last.hash;
    }
    entries = fresh;
    closed.clear();
    const changed = changedMeanwhile;
    changedMeanwhile = null;
    for (const id of changed) await refresh(id);
  }

  /** Reads the secrets of a key or of a user's keys again; "" reads everything. */
  async function refresh(id: string): Promise<void> {
    if (id === "") return reload();
    changedMeanwhile?.add(id);
    const rows = await findKeySnapshotsOf(db, id);
    dropOf(entries, id);
    for (const row of rows) {
      closed.delete(row.hash);
      if (row.revoked_at === null) entries.set(row.hash, entryOf(row));
    }
    await onChanged(rows.map(keyRecordOf));
  }

  async function lookUp(secret: string, hash: string, ip: string): Promise<KeyRecord | null> {
    if (!allowance.take(ip)) {
      throw new AppError("limit_reached", "Too many unknown keys from this address.", {
        retryAfterSeconds: 10,
      });
    }
    const row = await readRow({ db, adopt }, secret, hash).catch((cause: unknown) => {
      throw new AppError(
        "unavailable",
        "Keys cannot be checked at the moment.",
        { retryAfterSeconds: 2 },
        cause,
      );
    });
    if (row === null || row.revoked_at !== null) {
      const record = row && keyRecordOf(row);
      closed.set(hash, { record });
      return record;
    }
    const entry = entryOf(row);
    entries.set(hash, entry);
    return openNow(entry, clock);
  }

  return {
    reload,
    refresh,
    size: () => entries.size,
    /** @throws {AppError} limit_reached for an address that guesses, unavailable without Postgres */
    find(secret: string, ip: string): KeyRecord | null | Promise<KeyRecord | null> {
      if (!isKeySized(secret)) return null;
      const hash = digest("sha256", secret);
      const entry = entries.get(hash);
      if (entry) return openNow(entry, clock);
      const known = closed.get(hash);
      if (known) return known.record;
      // What is known by its hash is well formed: only a stranger's checksum is worth computing.
      return isKeySecret(secret) ? lookUp(secret, hash, ip) : null;
    },
  };
}

async function readRow(
  { db, adopt }: Pick<KeySnapshotDeps, "db" | "adopt">,
  secret: string,
  hash: string,
): Promise<KeySnapshotRow | null> {
  const row = await findKeySnapshot(db, hash);
  if (row !== null || !isImportedForm(secret)) return row;
  await adopt(secret, hash);
  // Read whoever took it over: another process may have been faster.
  return findKeySnapshot(db, hash);
}

function openNow({ record, validUntilMs }: Entry, clock: Clock): KeyRecord | null {
  return validUntilMs === FOREVER || clock.nowMs() < validUntilMs ? record : null;
}

function dropOf(entries: Map<string, Entry>, id: string): void {
  for (const [hash, { record }] of entries) {
    if (record.id === id || record.ownerId === id) entries.delete(hash);
  }
}

/** How many unknown secrets an address may still try: a bucket that fills up again. */
function lookupAllowance(clock: Clock) {
  const held = new LRUCache<string, { tokens: number; atMs: number }>({ max: ADDRESSES_MAX });
  return {
    take(ip: string): boolean {
      const atMs = clock.monotonicMs();
      const before = held.get(ip) ?? { tokens: LOOKUP_BURST, atMs };
      const earned = (atMs - before.atMs) / LOOKUP_EVERY_MS;
      const tokens = Math.min(LOOKUP_BURST, before.tokens + earned);
      const granted = tokens >= 1;
      held.set(ip, { tokens: granted ? tokens - 1 : tokens, atMs });
      return granted;
    },
  };
}

function entryOf(row: KeySnapshotRow): Entry {
  const validUntilMs = row.valid_until?.getTime() ?? FOREVER;
  return { record: keyRecordOf(row), validUntilMs };
}
