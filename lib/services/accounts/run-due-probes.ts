import {
  claimProbe,
  dropOldProbes,
  listDueProbes,
  listUnplannedProbes,
} from "../../db/account-probes";
import { readStoredSettings } from "../../db/settings";
import type { Context } from "../context";
import { heldSettings } from "../settings/stored";
import { nextProbe } from "./probe-schedule";
import { testAccount } from "./test-account";

/** Tests that one round begins; the rest is due in the next. */
const AT_ONCE = 10;
/** Results that are kept of each account. */
const KEPT = 200;

/**
 * Tests the accounts whose schedule has struck, each once over all processes. A test that passes ends a rest
 * that was only a guess; none of it is usage.
 */
export async function runDueProbes(ctx: Context): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  const { timeZone } = heldSettings(await readStoredSettings(ctx.db));
  for (const { id, probeCron } of await listUnplannedProbes(ctx.db)) {
    await claimProbe(ctx.db, id, null, nextProbe(probeCron ?? "", timeZone, now));
  }
  const due = await listDueProbes(ctx.db, now, AT_ONCE);
  await Promise.all(
    due.map(async ({ id, probeCron, probeModel, nextProbeAt }) => {
      const next = nextProbe(probeCron ?? "", timeZone, now);
      if (!(await claimProbe(ctx.db, id, nextProbeAt, next))) return;
      await probe(ctx, id, probeModel);
      await dropOldProbes(ctx.db, id, KEPT);
    }),
  );
}

async function probe(ctx: Context, id: string, model: string | null): Promise<void> {
  try {
    for await (const line of await testAccount(ctx, { id, ...(model && { model }) })) {
      if (line.kind !== "done") continue;
      ctx.live.report({ kind: "served", accountId: id, firstByteMs: line.atMs });
    }
  } catch {
    // An account that is gone, or whose token cannot be renewed: the renewal has told its own story.
  }
}
