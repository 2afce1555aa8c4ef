import type { AdmitAnswer } from "../../redis/admit-script";
import type { RelayStore } from "../../redis/relay-store";
import type { AdmissionRequest, Ticket } from "../../relay/ports";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";
import { encodeWired } from "../usage/messages";
import type { Period, PeriodName } from "../usage/periods";
import {
  type AdmissionPlan,
  accountPlace,
  type PlanOptions,
  planAdmission,
  spendLimitsOf,
} from "./admission-plan";
import { signHop } from "./hop-header";
import type { LiveRequest, LiveRequests } from "./live-requests";
import { concurrencyRefusal, rateRefusal, spendRefusal } from "./refusals";
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
  periodAt: (name: PeriodName, atMs: number) => Period;
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
  const options = (): PlanOptions => ({
    keys: store.keys,
    owner: deps.owner,
    hopSecret: deps.hopSecret,
    leaseMs: LEASE_MS,
    graceMs: deps.graceMs,
    stickyTtlMs: deps.stickyTtlMs(),
    nowMs: clock.nowMs() + skewMs,
    periodAt: deps.periodAt,
  });

  async function ask(request: AdmissionRequest, intent: string) {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const planned = planAdmission(request, options());
      const answer = await store.admit(planned.keys, planned.plan, intent);
      if (answer.kind === "ok") return { answer, planned };
      if (answer.kind === "period") skewMs = answer.nowMs - clock.nowMs();
      else if (answer.kind === "seed") await seedAll(request, planned, answer.indexes);
      else if (answer.kind === "wait") await pause(request, answer);
      else throw refusalOf(request, planned, answer, deps.timeZone());
    }
    throw new AppError("unavailable", "Limits could not be checked in time.", {
      retryAfterSeconds: 2,
    });
  }

  async function seedAll(request: AdmissionRequest, planned: AdmissionPlan, indexes: number[]) {
    const tag = request.key.payerTag;
    const limits = spendLimitsOf(request);
    for (const index of indexes) {
      const [limit, spend] = [limits[index], planned.keys.spends[index]];
      const period = planned.periods[index];
      if (limit && spend && period) await deps.seed({ tag, spend, scope: limit.scope, period });
    }
  }

  /** The shard was emptied: its counters open again once every process has told what it runs. */
  async function pause(request: AdmissionRequest, answer: { forMs: number; epoch: string }) {
    deps.onEpoch(request.key.payerTag, answer.epoch);
    const waitMs = Math.min(answer.forMs, LONGEST_WAIT_MS) + 20;
    await new Promise<void>((resolve) => clock.after(waitMs, resolve));
  }

  const take = (request: AdmissionRequest, ancestors: readonly string[], depth: number) => {
    const place = accountPlace(request, store.keys);
    if (!place) return Promise.resolve(true);
    const hop = request.leavesHop && { d: depth, a: [...ancestors, request.accountId], n: 0 };
    const { requestId, accountLimit } = request;
    return store.accounts.take(place, { requestId, limit: accountLimit, leaseMs: LEASE_MS, hop });
  };

  async function admit(request: AdmissionRequest): Promise<Ticket> {
    const place = accountPlace(request, store.keys);
    const intent = intentOf(request, deps.owner, planAdmission(request, options()), place);
    // A second hop's own trace needs its depth, which only the admission tells.
    const early = request.claimsHop ? null : take(request, [], 1);
    early?.catch(() => {});
    try {
      const { answer, planned } = await ask(request, intent);
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

function intentOf(
  request: AdmissionRequest,
  owner: string,
  { keys }: AdmissionPlan,
  place: unknown,
): string {
  const { key } = request;
  return encodeWired({
    owner,
    key: { id: key.id, ownerId: key.ownerId, payerTag: key.payerTag },
    face: request.face,
    action: request.action,
    model: request.model,
    stream: request.stream,
    session: request.session,
    accountId: request.accountId,
    reserve: request.reservationMicroUsd,
    leases: keys.leases,
    spends: keys.spends,
    releases: place ? [place] : [],
    planRatePpm: key.planRatePpm,
    keyRatePpm: key.keyRatePpm,
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
    leases: [...keys.leases],
    spends: second ? [] : [...keys.spends],
    reserve: second ? "0" : request.reservationMicroUsd.toString(),
    releases: [],
    attempts: [],
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

type Refused = Extract<AdmitAnswer, { kind: "lease" | "rate" | "spend" | "loop" }>;

function refusalOf(
  request: AdmissionRequest,
  planned: AdmissionPlan,
  answer: Refused,
  timeZone: string,
): AppError {
  const { key } = request;
  if (answer.kind === "loop") {
    return new AppError(
      "loop_detected",
      "This request came back to the portal too often: an account that leads back is chosen again on the way.",
      { shouldRetry: false },
    );
  }
  if (answer.kind === "lease") {
    const limit = key.concurrency[answer.index];
    if (limit) return concurrencyRefusal(limit, answer.used);
  }
  if (answer.kind === "rate") {
    const limit = key.rateLimits[answer.index];
    if (limit) return rateRefusal(limit, answer.used, answer.resetsAtMs, answer.nowMs);
  }
  if (answer.kind === "spend") {
    const limit = spendLimitsOf(request)[answer.index];
    const period = planned.periods[answer.index];
    if (limit && period) {
      return spendRefusal(limit, request.reservationMicroUsd, {
        spentMicroUsd: answer.spent,
        heldMicroUsd: answer.held,
        resetsAtMs: period.toMs,
        nowMs: answer.nowMs,
        timeZone,
      });
    }
  }
  return new AppError("internal", "A limit refused that is not known.");
}

/** What is not a refusal is a store that did not answer: money limits fail closed. */
function asUnavailable(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    "unavailable",
    "The portal cannot check limits at the moment. Please try again shortly.",
    { retryAfterSeconds: 2 },
    error,
  );
}
