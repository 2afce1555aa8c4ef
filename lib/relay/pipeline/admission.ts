import { AppError } from "../../shared/errors";
import { perObject } from "../../shared/per-object";
import type { KeyRecord, PoolAccount } from "../model";
import type { AdmissionRequest, DecisionTrace, HopClaim, Ticket } from "../ports";
import { reservationFor } from "../pricing/reservation";
import { admitsClient } from "../providers/admits-client";
import type { Provider } from "../providers/provider";
import { providerOf } from "../providers/registry";
import { spokenFor } from "../providers/spoken-for";
import { chooseAccount } from "../scheduling/choose-account";
import { decisionFacts } from "../scheduling/decision-facts";
import { sentModel } from "../scheduling/eligibility";
import type { Call } from "./call";
import { HOP_HEADER } from "./hop-header";
import { noAccount } from "./no-account";

/** An account that was chosen for the next try. */
export interface Taken {
  account: PoolAccount;
  provider: Provider;
  sentModel: string;
  trace: DecisionTrace;
}

/** Chooses accounts for one call and remembers which were tried, were full, or are leased. */
export interface Chooser {
  /** The next account by the pool as it is now. Throws AppError("no_account" or "not_found"). */
  choose(): Taken;
  preferSticky(accountId: string): void;
  setTried(accountId: string): void;
  setFull(accountId: string): void;
  /** What was full a while ago may have room again. */
  forgetFull(): void;
}

/** Choices for one call; the sticky account comes from what this process knows. */
export function chooserFor(call: Call, stickyId: string | null): Chooser {
  const { ports, settings, facts, key } = call;
  const tried = new Set<string>();
  const full = new Set<string>();
  const admits = admitsClient(call.request.headers["user-agent"] ?? "", facts.protocol);
  let sticky = stickyId === null ? null : ports.stickyAccount(stickyId);
  return {
    choose() {
      const pool =
        full.size === 0 ? ports.pool() : ports.pool().map((account) => filled(account, full));
      const choiceFacts = {
        protocol: facts.protocol,
        model: facts.model,
        key,
        stickyAccountId: sticky,
        spokenBy: spokenFor(facts.protocol),
        admits,
      };
      const nowMs = ports.clock.nowMs();
      const { account, trace } = chooseAccount(
        pool,
        choiceFacts,
        tried,
        settings,
        nowMs,
        call.requestId,
      );
      const provider = account && providerOf(account.provider);
      const model = account && sentModel(account, choiceFacts);
      if (!account || !provider || model === null) throw noAccount(call, pool, trace);
      const kept =
        facts.action === "generate"
          ? decisionFacts({
              pool,
              version: ports.poolVersion(),
              facts: choiceFacts,
              tried,
              settings,
              nowMs,
              seed: call.requestId,
            })
          : null;
      if (kept) trace.facts = kept;
      return { account, provider, sentModel: model, trace };
    },
    preferSticky(accountId) {
      sticky = accountId;
    },
    setTried: (accountId) => void tried.add(accountId),
    setFull: (accountId) => void full.add(accountId),
    forgetFull: () => full.clear(),
  };
}

/** Id of a session in the shared sticky map: never the client's own words, and apart for each key. */
export function stickyIdOf({ ports, key, facts }: Call): string | null {
  if (facts.session === null) return null;
  return ports.sha256(`${key.id}\n${facts.protocol}\n${facts.session}`);
}

/**
 * What is asked of the admission script. Counting tokens is free: it takes no slot and no budget.
 * Throws AppError("forbidden") for a model without a price where a money limit applies.
 */
export function admissionRequest(
  call: Call,
  taken: Taken,
  stickyId: string | null,
): AdmissionRequest {
  const { facts, requestId } = call;
  const { account } = taken;
  const key = facts.action === "generate" ? call.key : withoutLimits(call.key);
  return {
    requestId,
    key,
    face: facts.face,
    action: facts.action,
    model: facts.model,
    stream: facts.stream,
    session: facts.session,
    accountId: account.id,
    accountLimit: facts.action === "generate" ? account.maxConcurrency : null,
    sticky: stickyId === null ? null : { id: stickyId, accountId: account.id },
    reservationMicroUsd: reservation(call, key, taken.sentModel),
    leavesHop: account.leadsBack && {
      ...account.leadsBack,
      fingerprint: fingerprintOf(call) ?? call.ports.sha256(requestId),
    },
    claimsHop: hopClaim(call),
  };
}

/** The leases that a ticket brought, and what it changed about the choice. */
export function takeTicket(ticket: Ticket, taken: Taken, chooser: Chooser): void {
  if (ticket.accountFull) chooser.setFull(taken.account.id);
  const { stickyAccountId } = ticket;
  if (stickyAccountId !== null) chooser.preferSticky(stickyAccountId);
}

function reservation(call: Call, key: KeyRecord, model: string): bigint {
  if (call.facts.action !== "generate") return 0n;
  const book = call.ports.prices();
  const price = book.find(model) ?? book.find(call.facts.model);
  if (!price && key.refuseUnrated && key.spendLimits.length > 0) {
    const message = `The model ${call.facts.model} has no price yet, and this key has a money limit.`;
    throw new AppError("forbidden", message);
  }
  return reservationFor(call.facts, price, key);
}

/** One for each record, so that what is planned for it can be kept. */
const withoutLimits = perObject(
  (key: KeyRecord): KeyRecord => ({ ...key, spendLimits: [], rateLimits: [], concurrency: [] }),
);

/** Only a key that some account's upstream calls back with can claim to be a second hop. */
function hopClaim(call: Call): HopClaim | null {
  if (call.key.returnKeyOf.length === 0) return null;
  return { header: call.request.headers[HOP_HEADER] ?? null, fingerprint: fingerprintOf(call) };
}

function fingerprintOf({ protocol, body, ports }: Call): string | null {
  const text = protocol.lastTurnText(body);
  return text === null ? null : ports.sha256(text);
}

function filled(account: PoolAccount, full: ReadonlySet<string>): PoolAccount {
  if (!full.has(account.id)) return account;
  const inFlight = account.maxConcurrency ?? account.load.inFlight;
  return { ...account, load: { ...account.load, inFlight } };
}
