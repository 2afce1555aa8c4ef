import type { AdmitAnswer } from "../../redis/admit-script";
import type { RelayStore } from "../../redis/relay-store";
import { type AccountRelease, leavesTrace } from "../../redis/settle-script";
import type { AdmissionRequest, Ticket } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { accountPlaces, admissionAsk } from "./admission-plan";
import { signHop } from "./hop-header";
import { intentJson } from "./intent";
import { type KeyPlan, keyPlanner, type PeriodAt } from "./key-plan";
import type { LiveRequest, LiveRequests } from "./live-requests";
import { asUnavailable, refusalOf } from "./refusal-answer";
import type { SeedRequest } from "./seed-spend";

/** A lease that its owner does not renew ends after this. */
export const LEASE_MS = 40_000;
/** Three portal hops are allowed: client, router, and one more router. */
const MAX_DEPTH = 3;
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
  const { owner, hopSecret, stickyTtlMs, graceMs, periodAt } = deps;
  const { keys } = store;
  const rules = { keys, periodAt, owner, leaseMs: LEASE_MS, graceMs, maxDepth: MAX_DEPTH };
  const planOf = keyPlanner(rules);
  const options = { keys, hopSecret, stickyTtlMs };
  const placeOf = accountPlaces(keys);

  /** Asks until there is an answer that is neither a refusal nor a thing to be done first. */
  async function ask(request: AdmissionRequest, place: AccountRelease | null): Promise<Admitted> {
    const asked = admissionAsk(request, place, options);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const plan = planOf(request.key, clock.nowMs() + skewMs);
      const intent = intentJson(plan.intentHead, request, place);
      const answer = await store.admit(plan.intents, plan.admitHead, asked, intent);
      if (answer.kind === "ok") return { answer, plan, intent };
      await prepare(request, plan, answer);
    }
    throw asUnavailable(new Error("Too many rounds of admission."));
  }

  /** Does what another round needs. Throws the refusal when there is to be none. */
  async function prepare(request: AdmissionRequest, plan: KeyPlan, answer: NotYet) {
    switch (answer.kind) {
      case "period":
        skewMs = answer.nowMs - clock.nowMs();
        return;
      case "seed":
        return seedAll(deps, request, plan, answer.indexes);
      case "wait":
        return pause(deps, request, answer);
      default:
        throw refusalOf(request, plan, answer, deps.timeZone());
    }
  }

  async function admit(request: AdmissionRequest): Promise<Ticket> {
    const place = placeOf(request);
    const wasTaken = accountTake(store, request, place);
    try {
      const admitted = await ask(request, place);
      const { answer } = admitted;
      deps.onEpoch(request.key.payerTag, answer.epoch);
      const taken = await wasTaken(answer);
      const live = liveOf(request, admitted);
      if (taken && place) live.releases.push(place);
      deps.live.running.set(request.requestId, live);
      return ticketOf(request, answer, taken, hopSecret);
    } catch (error) {
      if (place) store.accounts.give(place, request.requestId).catch(() => {});
      throw asUnavailable(error);
    }
  }

  async function leaseAccount(ticket: Ticket, request: AdmissionRequest): Promise<boolean> {
    const live = deps.live.running.get(ticket.requestId);
    const place = placeOf(request);
    const ancestors = live?.ancestorAccounts ?? [];
    const taking = place ? take(store, request, place, ancestors, ticket.depth) : TAKEN;
    if (request.sticky) {
      const { id, accountId } = request.sticky;
      store.stick(request.key.payerTag, id, accountId, stickyTtlMs()).catch(() => {});
    }
    const taken = await taking.catch((error: unknown) => {
      throw asUnavailable(error);
    });
    if (taken && place) live?.releases.push(place);
    ticket.hopHeader = request.leavesHop ? signHop(hopSecret, ticket.requestId) : null;
    return taken;
  }

  return { admit, leaseAccount };
}

type Ok = Extract<AdmitAnswer, { kind: "ok" }>;

interface Admitted {
  answer: Ok;
  plan: KeyPlan;
  /** As it was stored. */
  intent: string;
}

const TAKEN = Promise.resolve(true);

/**
 * Takes the lease on a request's account where the admission itself does not: when it leaves a trace.
 * Answers how to learn, after the admission, whether it was taken.
 */
function accountTake(
  store: RelayStore,
  request: AdmissionRequest,
  place: AccountRelease | null,
): (answer: Ok) => boolean | Promise<boolean> {
  if (!place || !leavesTrace(place)) return ({ accountFull }) => !accountFull;
  // A second hop's own trace needs its depth, which only the admission tells.
  if (request.claimsHop) {
    return ({ ancestorAccounts, depth }) => take(store, request, place, ancestorAccounts, depth);
  }
  const early = take(store, request, place, [], 1);
  early.catch(() => {});
  return () => early;
}

/** Takes the lease and leaves the hop trace that a request's account asks for; false when it is full. */
function take(
  store: RelayStore,
  { requestId, accountId, accountLimit, leavesHop }: AdmissionRequest,
  place: AccountRelease,
  ancestors: readonly string[],
  depth: number,
): Promise<boolean> {
  const hop = leavesHop && { d: depth, a: [...ancestors, accountId], n: 0 };
  return store.accounts.take(place, { requestId, limit: accountLimit, leaseMs: LEASE_MS, hop });
}

type NotYet = Exclude<AdmitAnswer, Ok>;

async function seedAll(
  { seed }: AdmissionDeps,
  request: AdmissionRequest,
  plan: KeyPlan,
  indexes: readonly number[],
): Promise<void> {
  const tag = request.key.payerTag;
  const limits = request.key.spendLimits;
  for (const index of indexes) {
    const [limit, spend] = [limits[index], plan.spends.names[index]];
    const period = plan.spends.periods[index];
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

function liveOf(request: AdmissionRequest, { answer, plan, intent }: Admitted): LiveRequest {
  const second = answer.parent !== null;
  return {
    requestId: request.requestId,
    tag: request.key.payerTag,
    startedAtMs: answer.startedAtMs,
    parent: answer.parent,
    depth: answer.depth,
    ancestorAccounts: answer.ancestorAccounts,
    intentJson: intent,
    leases: plan.leases,
    spends: second ? [] : plan.spends.names,
    reserve: second ? "0" : request.reservationMicroUsd.toString(),
    releases: [],
    attempts: NO_ATTEMPTS,
    dirty: false,
  };
}

const NO_ATTEMPTS = () => [];

function ticketOf(
  request: AdmissionRequest,
  answer: Ok,
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
