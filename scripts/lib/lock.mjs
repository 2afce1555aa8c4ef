import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processIdentity, until } from "./processes.mjs";

/**
 * Takes a lock file for this process. A lock whose owner has ended (even by kill -9 or a power cut)
 * is taken over.
 * @param {string} file
 * @param {{ waitMs?: number, label?: string }} [options] `label` tells others who holds it
 * @returns {Promise<{ release(): void } | { heldBy: { pid: number, label: string } }>}
 */
export async function takeLock(file, { waitMs = 0, label = "" } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  const identity = processIdentity(process.pid);
  writeFileSync(mine, JSON.stringify({ pid: process.pid, identity, label }), { mode: 0o600 });
  try {
    if (await until(() => tryOnce(file, mine), waitMs, 100))
      return { release: () => release(file) };
    const holder = readHolder(file);
    return { heldBy: { pid: holder?.pid ?? 0, label: holder?.label ?? "" } };
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryOnce(file, mine) {
  if (link(mine, file)) return true;
  const holder = readHolder(file);
  if (holder && processIdentity(holder.pid) === holder.identity) return false;
  removeStale(file, holder);
  return link(mine, file);
}

// A hard link either comes to be, whole, or does not: two processes never both succeed.
function link(mine, file) {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

// Moved aside first and looked at again: a third process may have taken the lock in between.
function removeStale(file, seen) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.identity !== seen?.identity) {
    // Put back; when that fails, someone else holds it by now.
    link(aside, file);
  }
  rmSync(aside, { force: true });
}

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function release(file) {
  if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
}

/** Who holds the lock now, or null when nobody does. */
export function lockHolder(file) {
  const holder = readHolder(file);
  return holder && processIdentity(holder.pid) === holder.identity ? holder : null;
}
