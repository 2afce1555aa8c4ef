import type { z } from "zod";
import type { WhatIfBody, WhatIfResult } from "../../contracts/routing";
import { spokenFor } from "../../relay/providers/spoken-for";
import { type PoolChange, type Replayed, replay } from "../../relay/scheduling/replay";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { accountNames } from "./account-names";
import { recordedDecisions } from "./recorded-decisions";

type Change = z.output<typeof WhatIfBody>;

const HOUR_MS = 3_600_000;
const MOVES_SHOWN = 30;
const NO_CHANGE: PoolChange = { accounts: new Map() };

/**
 * Makes the last recorded choices again in a changed pool and tells what would have come out
 * differently. How many come out the same when nothing is changed is told beside it: that is how far
 * the answer can be trusted. Changes nothing (admins).
 */
export async function whatIf(ctx: Context, input: Change): Promise<WhatIfResult> {
  authorize(ctx.actor, "account.manage");
  const since = new Date(ctx.clock.nowMs() - input.hours * HOUR_MS);
  const { decisions, pools } = await recordedDecisions(ctx, since, input.take);
  const world = { pools, spokenFor };
  const unchanged = replay(decisions, world, NO_CHANGE);
  const changed = replay(decisions, world, changeOf(input));
  const outcomes = changed.flatMap(({ decision, after }) => [decision.chosen, after ?? []].flat());
  const named = await accountNames(ctx, outcomes);
  const refused = changed.filter(({ after }) => after === null);
  const same = changed.filter(isSame).length;
  return {
    replayed: changed.length,
    unreadable: decisions.length - changed.length,
    from: momentOf(changed[0]),
    to: momentOf(changed.at(-1)),
    reproduced: unchanged.filter(isSame).length,
    same,
    moved: changed.length - same - refused.length,
    refused: refused.length,
    shares: shares(changed).map(({ id, ...counts }) => ({ ...named(id), ...counts })),
    moves: moves(changed).map(({ from, to, count }) => {
      return { from: named(from), to: to === null ? null : named(to), count };
    }),
    reasons: reasons(refused),
  };
}

function changeOf({ strategy, accounts }: Change): PoolChange {
  const fields = accounts.map(({ id, paused, ...rest }) => {
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const enabled = paused === undefined ? {} : { enabled: !paused };
    return [id, { ...Object.fromEntries(given), ...enabled }] as const;
  });
  return { strategy, accounts: new Map(fields) };
}

function isSame({ decision, after }: Replayed): boolean {
  return decision.chosen === after;
}

function momentOf(replayed: Replayed | undefined): string | null {
  return replayed ? new Date(replayed.decision.facts.atMs).toISOString() : null;
}

function shares(replayed: readonly Replayed[]) {
  const counts = new Map<string, { before: number; after: number }>();
  const of = (id: string) => {
    const found = counts.get(id) ?? { before: 0, after: 0 };
    counts.set(id, found);
    return found;
  };
  for (const { decision, after } of replayed) {
    of(decision.chosen).before++;
    if (after !== null) of(after).after++;
  }
  return [...counts]
    .map(([id, count]) => ({ id, ...count }))
    .sort((a, b) => b.before - a.before || b.after - a.after || (a.id < b.id ? -1 : 1));
}

function moves(replayed: readonly Replayed[]) {
  const counts = new Map<string, { from: string; to: string | null; count: number }>();
  for (const one of replayed) {
    if (isSame(one)) continue;
    const from = one.decision.chosen;
    const name = `${from} ${one.after ?? ""}`;
    const found = counts.get(name) ?? { from, to: one.after, count: 0 };
    found.count++;
    counts.set(name, found);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, MOVES_SHOWN);
}

function reasons(refused: readonly Replayed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { trace } of refused) {
    for (const { reason } of trace.excluded) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
