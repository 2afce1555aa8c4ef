import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import type { SettleOrder } from "../../redis/settle-script";

const SUFFIX = ".jsonl";
/** A spool whose owner has not touched it for so long is picked up although its pid exists: reused. */
const ABANDONED_MS = 120_000;
/** Orders kept in memory while the disk refuses as well; beyond it the oldest are lost, loudly. */
const MEMORY_MAX = 20_000;
const DELIVERED_TOGETHER = 100;

export interface SpoolOptions {
  folder: string;
  /** Sends one order on; rejects when the store does not take it. */
  deliver: (order: SettleOrder) => Promise<unknown>;
  log: (level: "info" | "warn" | "error", line: Readonly<Record<string, unknown>>) => void;
}

export type Spool = ReturnType<typeof createSpool>;

/**
 * Settlements that Redis did not take, in a local append-only file (`<pid>-<random>.jsonl`) until it
 * does. A line is on disk before it counts as kept; delivery is in order and at least once, which
 * settling allows for. What a dead process left behind is delivered by any other of the machine.
 */
export function createSpool({ folder, deliver, log }: SpoolOptions) {
  const newFile = () => path.join(folder, `${process.pid}-${randomUUID()}${SUFFIX}`);
  let own = newFile();
  /** Complete files of this process that wait for delivery. */
  const files: string[] = [];
  let waiting: string[] = [];
  let kept = 0;
  let writing: Promise<void> | null = null;
  let delivering: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      try {
        await mkdir(folder, { recursive: true });
        const file = await open(own, "a", 0o600);
        try {
          await file.appendFile(`${lines.join("\n")}\n`);
          await file.datasync();
        } finally {
          await file.close();
        }
        kept += lines.length;
      } catch (error) {
        waiting = [...lines, ...waiting];
        log("error", { message: "The spool cannot be written.", folder, error: String(error) });
        return;
      }
    }
  }

  async function deliverAll(): Promise<void> {
    if (kept > 0) {
      // New lines go to a new file, so that this one is complete while it is read.
      files.push(own);
      own = newFile();
      kept = 0;
    }
    files.push(...(await claimAbandoned(folder, newFile)));
    for (const file of [...files]) {
      const orders = await deliverFile(file, deliver);
      files.splice(files.indexOf(file), 1);
      if (orders > 0) log("info", { message: "Spooled settlements were delivered.", orders });
    }
  }

  return {
    /** Keeps an order; what is kept survives the process once `flush` has answered. */
    append(order: SettleOrder): void {
      if (waiting.length >= MEMORY_MAX) {
        waiting.shift();
        log("error", { message: "A settlement was lost: neither Redis nor the disk takes it." });
      }
      waiting.push(JSON.stringify(order));
      writing ??= write().finally(() => {
        writing = null;
      });
    },
    /** Writes out what waits. */
    async flush(): Promise<void> {
      await writing;
      if (waiting.length > 0) await write();
    },
    /** Tries to deliver everything of this and of dead processes. Rejects when Redis still refuses. */
    async deliver(): Promise<void> {
      await writing;
      if (waiting.length > 0) await write();
      delivering ??= deliverAll().finally(() => {
        delivering = null;
      });
      await delivering;
    },
    /** Is there anything of this process to deliver? */
    isEmpty: () => kept === 0 && waiting.length === 0 && files.length === 0,
  };
}

/** Delivers a file and removes it; answers the number of orders. */
async function deliverFile(
  file: string,
  deliver: (order: SettleOrder) => Promise<unknown>,
): Promise<number> {
  // Another process may have taken it, if this one looked abandoned.
  const text = await readFile(file, "utf8").catch(() => "");
  const orders = text.split("\n").flatMap(readOrder);
  for (let i = 0; i < orders.length; i += DELIVERED_TOGETHER) {
    await Promise.all(orders.slice(i, i + DELIVERED_TOGETHER).map(deliver));
  }
  await rm(file, { force: true });
  return orders.length;
}

/** A last line that was cut by a crash was never acknowledged; its intent is still open. */
function readOrder(line: string): SettleOrder[] {
  try {
    return line === "" ? [] : [JSON.parse(line) as SettleOrder];
  } catch {
    return [];
  }
}

/** Takes over the files of processes that are gone. */
async function claimAbandoned(folder: string, newFile: () => string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const claimed: string[] = [];
  for (const name of names.filter((each) => each.endsWith(SUFFIX)).sort()) {
    const file = path.join(folder, name);
    const age = await stat(file).then(
      (info) => Date.now() - info.mtimeMs,
      () => 0,
    );
    if (isAlive(Number.parseInt(name, 10)) && age < ABANDONED_MS) continue;
    const target = newFile();
    try {
      // Renaming is the claim: of several processes one succeeds.
      await rename(file, target);
      await utimes(target, new Date(), new Date());
      claimed.push(target);
    } catch {
      // Another process was faster.
    }
  }
  return claimed;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
