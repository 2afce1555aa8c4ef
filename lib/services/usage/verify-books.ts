import type { DbClient } from "../../db/client";
import {
  type BalanceFault,
  findBalanceFaults,
  findLedgerFaults,
  findRollUpFaults,
  type LedgerFault,
  type RollUpFault,
} from "../../db/rollups";

const DAY_MS = 86_400_000;

export interface BookFaults {
  rollUps: RollUpFault[];
  ledger: LedgerFault[];
  balances: BalanceFault[];
}

/**
 * Recomputes what is derived: both roll-ups and the ledger's usage from the records, balances from the
 * ledger. Every whole UTC day that [fromMs, toMs] touches is read in one snapshot each, so running
 * requests cause no false alarm. Empty lists mean that the books agree; each names at most 20 faults
 * a day.
 */
export async function verifyBooks(db: DbClient, fromMs: number, toMs: number): Promise<BookFaults> {
  const faults: BookFaults = { rollUps: [], ledger: [], balances: [] };
  const first = Math.floor(fromMs / DAY_MS) * DAY_MS;
  for (let day = first; day <= toMs; day += DAY_MS) {
    const [from, to] = [new Date(day), new Date(day + DAY_MS)];
    await db.$transaction(
      async (tx) => {
        faults.rollUps.push(...(await findRollUpFaults(tx, "usage_hour", from, to)));
        faults.rollUps.push(...(await findRollUpFaults(tx, "usage_day", from, to)));
        faults.ledger.push(...(await findLedgerFaults(tx, from, to)));
      },
      { isolationLevel: "RepeatableRead", timeout: 30_000 },
    );
  }
  faults.balances = await findBalanceFaults(db);
  return faults;
}

/** Do the books agree? */
export function areBooksRight({ rollUps, ledger, balances }: BookFaults): boolean {
  return rollUps.length + ledger.length + balances.length === 0;
}
