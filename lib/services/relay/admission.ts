import type { AdmitAnswer } from "../../redis/admit-script";
import type { RelayStore } from "../../redis/relay-store";
import type { AdmissionRequest, Ticket } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import {
  type AdmissionPlan,
  accountPlace,
  type PlanOptions,
  planAdmission,
} from "./admission-plan";
import { signHop } from "./hop-header";
import { keyPlanner, type PeriodAt } from "./key-plan";
import type { LiveRequest, LiveRequests } from "./live-requests";
import { asUnavailable, refusalOf } from "./refusal-answer";
import type { SeedRequest } from "./seed-spend";

/** A lease that its owner does not renew ends after this. */
export const LEASE_MS = 40_000;
/** More answers than "seed", "period" and "wait" once each, with room for a race. */
const MAX_ROUNDS = 8;
const LONGEST_WAIT_MS = 6_000;

export interface AdmissionDeps {
  store: RelayStore;
  live: LiveRequests;
  clock: Clock;
  /** Id of this process. */
  owner: string;
  hopSecret: string;
  graceMs: number;
  stickyTtlMs: () => number;
  timeZone: () => string;
  periodAt: PeriodAt;
  /** Reads a missing spend counter's truth from Postgres. */
  seed: (request: SeedRequest) => Promise<void>;
  onEpoch: (tag: string, epoch: string) => void;
}

/**
 * Admits requests against all their limits at once, in one round trip that is waited for; a second
 * one only when a spend counter had to be read from Postgres, or a clock was wrong.
 */
export function createAdmission(deps: AdmissionDeps) {
  const { store, clock } = deps;
  /** How far the server's clock is ahead of ours; learnt when it matters. */
  let skewMs = 0;
  const planOf = keyPlanner(store.keys, deps.periodAt);
  const options = (): PlanOptions => ({
    keys: store.keys,
    planOf: (key) => planOf(key, clock.nowMs() + skewMs),
    owner: deps.owner,
    hopSecret: deps.hopSecret,
    leaseMs: LEASE_MS,
    graceMs: deps.graceMs,
    stickyTtlMs: deps.stickyTtlMs(),
  });

  async function ask(request: AdmissionRequest, first: AdmissionPlan, intent: string) {
    let planned = first;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = await store.admit(planned.keys, planned.plan, intent);
      if (answer.kind === "ok") return { answer, planned };
      await prepare(request, planned, answer);
      planned = planAdmission(request, options());
    }
    throw asUnavailable(new Error("Too many rounds of admission."));
  }

  /** Does what another round needs. Throws the refusal when there is to be none. */
  async function prepare(request: AdmissionRequest, planned: AdmissionPlan, answer: NotYet) {
    switch (answer.kind) {
      case "period":
        skewMs = answer.nowMs - clock.nowMs();
        return;
      case "seed":
        return seedAll(deps, request, planned, answer.indexes);
      case "wait":
        return pause(deps, request, answer);
      default:
        throw refusalOf(request, planned, answer, deps.timeZone());
    }
  }

  const take = accountTaker(store);

  async function admit(request: AdmissionRequest): Promise<Ticket> {
    const place = accountPlace(request, store.keys);
    const first = planAdmission(request, options());
    const intent = intentOf(request, deps.owner, first, place);
    // A second hop's own trace needs its depth, which only the admission tells.
    const early = request.claimsHop ? null : take(request, [], 1);
    early?.catch(() => {});
    try {
      const { answer, planned } = await ask(request, first, intent);
      deps.onEpoch(request.key.payerTag, answer.epoch);
      const taken = await (early ?? take(request, answer.ancestorAccounts, answer.depth));
      const live = liveOf(request, planned, answer, intent);
      if (taken && place) live.releases.push(place);
      deps.live.running.set(request.requestId, live);
      return ticketOf(request, answer, taken, deps.hopSecret);
    } catch (error) {
      if (place) store.accounts.give(place, request.requestId).catch(() => {});
      throw asUnavailable(error);
    }
  }

  async function leaseAccount(ticket: Ticket, request: AdmissionRequest): Promise<boolean> {
    const live = deps.live.running.get(ticket.requestId);
    const taking = take(request, live?.ancestorAccounts ?? [], ticket.depth);
    if (request.sticky) {
      const { id, accountId } = request.sticky;
      store.stick(request.key.payerTag, id, accountId, deps.stickyTtlMs()).catch(() => {});
    }
    const taken = await taking.catch((error: unknown) => {
      throw asUnavailable(error);
    });
    const place = accountPlace(request, store.keys);
    if (taken && place) live?.releases.push(place);
    ticket.hopHeader = request.leavesHop ? signHop(deps.hopSecret, ticket.requestId) : null;
    return taken;
  }

  return { admit, leaseAccount };
}

/** Takes the lease and leaves the hop trace that a request's account asks for; false when it is full. */
function accountTaker(store: RelayStore) {
  return async (
    request: AdmissionRequest,
    ancestors: readonly string[],
    depth: number,
  ): Promise<boolean> => {
    const place = accountPlace(request, store.keys);
    if (!place) return true;
    const hop = request.leavesHop && { d: depth, a: [...ancestors, request.accountId], n: 0 };
    const { requestId, accountLimit } = request;
    return store.accounts.take(place, { requestId, limit: accountLimit, leaseMs: LEASE_MS, hop });
  };
}

type NotYet = Exclude<AdmitAnswer, { kind: "ok" }>;

async function seedAll(
  { seed }: AdmissionDeps,
  request: AdmissionRequest,
  planned: AdmissionPlan,
  indexes: readonly number[],
): Promise<void> {
  const tag = request.key.payerTag;
  const limits = request.key.spendLimits;
  for (const index of indexes) {
    const [limit, spend] = [limits[index], planned.keys.spends[index]];
    const period = planned.periods[index];
    if (limit && spend && period) await seed({ tag, spend, scope: limit.scope, period });
  }
}

/** The shard lost contents: money is spent again once every process has told what it runs. */
async function pause(
  { clock, onEpoch }: AdmissionDeps,
  request: AdmissionRequest,
  answer: { forMs: number; epoch: string },
): Promise<void> {
  onEpoch(request.key.payerTag, answer.epoch);
  const waitMs = Math.min(answer.forMs, LONGEST_WAIT_MS) + 20;
  await new Promise<void>((resolve) => clock.after(waitMs, resolve));
}

function intentOf(
  request: AdmissionRequest,
  owner: string,
  { keys, common }: AdmissionPlan,
  place: unknown,
): string {
  const { key } = request;
  return JSON.stringify({
    owner,
    key: { id: key.id, ownerId: key.ownerId, payerTag: key.payerTag },
    face: request.face,
    action: request.action,
    model: request.model,
    stream: request.stream,
    session: request.session,
    accountId: request.accountId,
    reserve: request.reservationMicroUsd.toString(),
    leases: keys.leases,
    spends: keys.spends,
    releases: place ? [place] : [],
    planRatePpm: common.planRatePpm,
    keyRatePpm: common.keyRatePpm,
  });
}

function liveOf(
  request: AdmissionRequest,
  { keys }: AdmissionPlan,
  answer: AdmitAnswer & { kind: "ok" },
  intentJson: string,
): LiveRequest {
  const second = answer.parent !== null;
  return {
    requestId: request.requestId,
    tag: request.key.payerTag,
    startedAtMs: answer.startedAtMs,
    parent: answer.parent,
    depth: answer.depth,
    ancestorAccounts: answer.ancestorAccounts,
    intentJson,
    leases: keys.leases,
    spends: second ? [] : keys.spends,
    reserve: second ? "0" : request.reservationMicroUsd.toString(),
    releases: [],
    attempts: () => [],
    dirty: false,
  };
}

function ticketOf(
  request: AdmissionRequest,
  answer: AdmitAnswer & { kind: "ok" },
  taken: boolean,
  hopSecret: string,
): Ticket {
  return {
    requestId: request.requestId,
    startedAtMs: answer.startedAtMs,
    passThroughOf: answer.parent,
    depth: answer.depth,
    stickyAccountId: answer.stickyHolder,
    hopHeader: request.leavesHop ? signHop(hopSecret, request.requestId) : null,
    accountFull: !taken,
  };
}
