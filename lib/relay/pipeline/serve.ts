import { AppError, FAILURES, toAppError } from "../../shared/errors";
import { removedHeader } from "../capabilities/removal";
import type { AdmissionRequest, AttemptRecord, Ticket } from "../ports";
import { type ThoughtRefusal, thoughtRefusal } from "../translation/thoughts/thought-refusal";
import { adapted, mayDoWithout, type RefusedTry, tryWithout } from "./adapt";
import {
  admissionRequest,
  type Chooser,
  chooserFor,
  stickyIdOf,
  type Taken,
  takeTicket,
} from "./admission";
import { type AttemptEnd, runAttempt } from "./attempt";
import { answerFailure, type Call, elapsedMs } from "./call";
import { chooseInTurn } from "./choose-in-turn";
import { answerEstimate, lacksCounter } from "./estimate-answer";
import { isWorn, rejectsToken, withFreshToken } from "./fresh-token";
import { type Passage, type Passages, passagesFor } from "./passage";
import { type AttemptStart, endedRecord, runningRecord } from "./record";
import { type Ending, settler } from "./settle";

/** An admitted call while it is served. */
interface Admitted {
  call: Call;
  ticket: Ticket;
  /** What was asked for the account that is being tried. */
  asked: AdmissionRequest;
  stickyId: string | null;
  chooser: Chooser;
  passages: Passages;
  attempts: AttemptRecord[];
  /** Of the attempts, those that asked an account again without what it had refused. */
  repeats: number;
  leases: Set<string>;
}

/**
 * Serves a call that asks an upstream: choose, admit (the one round trip that is waited for), send
 * with failover, settle. Throws what refuses it before it is admitted; afterwards it answers and
 * settles every end by itself.
 */
export async function serveCall(call: Call): Promise<void> {
  const stickyId = stickyIdOf(call);
  const chooser = chooserFor(call, stickyId);
  const first = await chooseInTurn(call, chooser);
  const asked = admissionRequest(call, first, stickyId);
  const ticket = await call.ports.admit(asked);
  const attempts: AttemptRecord[] = [];
  const leases = new Set<string>();
  if (asked.accountLimit !== null && !ticket.accountFull) leases.add(first.account.id);
  takeTicket(ticket, first, chooser);
  const settle = settler(call, ticket, attempts, leases);
  const passages = passagesFor(call);
  const admitted: Admitted = {
    call,
    ticket,
    asked,
    stickyId,
    chooser,
    passages,
    attempts,
    repeats: 0,
    leases,
  };
  settle(await endingOf(admitted, () => startingTake(admitted, first)));
}

/** Any failure after admission is answered here, bugs included: nothing may leave a call unsettled. */
async function endingOf(admitted: Admitted, start: () => Promise<Taken>): Promise<Ending> {
  const { call } = admitted;
  try {
    return await tryAccounts(admitted, await start());
  } catch (thrown) {
    const error = toAppError(thrown);
    if (call.leave.hasLeft()) return leftEnding();
    const begun = call.reply.begun();
    const status = answerFailure(call, call.protocol, error, call.facts.stream);
    return { status, outcome: begun ? "cut" : "failed", error };
  }
}

/**
 * The ticket may have moved the choice: a session that lives elsewhere, or an account that is full.
 * Whatever is chosen then takes its own lease and the session with it, so that a session whose account
 * cannot serve any more is not asked for again.
 */
async function startingTake(admitted: Admitted, first: Taken): Promise<Taken> {
  const { ticket, chooser } = admitted;
  const held = ticket.stickyAccountId;
  const moved = held !== null && held !== first.account.id;
  return moved || ticket.accountFull
    ? leased(admitted, await chooseInTurn(admitted.call, chooser))
    : first;
}

/** Takes the lease of a further account, going on to others while it is full. */
async function leased(admitted: Admitted, first: Taken): Promise<Taken> {
  const { call, ticket, chooser, stickyId, leases } = admitted;
  for (let taken = first; ; taken = await chooseInTurn(call, chooser)) {
    const asked = admissionRequest(call, taken, stickyId);
    if (await call.ports.leaseAccount(ticket, asked)) {
      if (asked.accountLimit !== null) leases.add(taken.account.id);
      admitted.asked = asked;
      return taken;
    }
    chooser.setFull(taken.account.id);
    // An account without a limit of its own cannot be full: it is set aside rather than asked again.
    if (taken.account.maxConcurrency === null) chooser.setTried(taken.account.id);
  }
}

async function tryAccounts(admitted: Admitted, first: Taken): Promise<Ending> {
  const { call, chooser } = admitted;
  for (let taken = first; ; ) {
    if (call.leave.hasLeft()) return leftEnding();
    const tried = await trySent(admitted, taken);
    const end = await tryAgain(admitted, await tryOpened(admitted, tried));
    if (end.error === null) return { status: end.status ?? 200, outcome: "complete", error: null };
    if (end.outcome === "left") return { ...leftEnding(), error: end.error };
    chooser.setTried(taken.account.id);
    const next = nextTake(admitted, end);
    if (!next) return answerEnd(call, end, end.error);
    taken = await leased(admitted, next);
  }
}

type Tried = Omit<RefusedTry, "repeats" | "again">;

async function trySent(admitted: Admitted, taken: Taken, refused?: ThoughtRefusal): Promise<Tried> {
  const passage = admitted.passages(taken, refused);
  const plain = passage instanceof Promise ? await passage : passage;
  const sent = adapted(admitted.call, taken, plain);
  return { plain, passage: sent, ...(await tryFresh(admitted, taken, sent)) };
}

type Ended = Pick<Tried, "taken" | "end">;

/**
 * What another process has renewed a while ago may have been revoked since, as any token may: then the
 * first renewal only brings this process up to date.
 */
const MAX_RENEWALS = 2;

/**
 * With a token that serves: renewed before the request where it has run out, and after it where the
 * upstream rejects it. The renewal itself tells what it taught about the account.
 */
async function tryFresh(admitted: Admitted, worn: Taken, passage: Passage): Promise<Ended> {
  const { ports, reply, leave } = admitted.call;
  const begunMs = elapsedMs(admitted.call);
  try {
    const isOut = isWorn(worn.account, ports.clock.nowMs());
    let taken = isOut ? await withFreshToken(worn, ports) : worn;
    for (let renewals = isOut ? 1 : 0; ; renewals++) {
      const end = await tryOnce(admitted, taken, passage, renewals < MAX_RENEWALS);
      const mayRenew = renewals < MAX_RENEWALS && !reply.begun() && !leave.hasLeft();
      if (!mayRenew || !rejectsToken(taken, end)) return { taken, end };
      taken = await withFreshToken(taken, ports);
      admitted.repeats++;
    }
  } catch (thrown) {
    return { taken: worn, end: unrenewed(admitted, worn, begunMs, toAppError(thrown)) };
  }
}

/** A try that never left, for want of a token. */
function unrenewed(admitted: Admitted, taken: Taken, begunMs: number, error: AppError): AttemptEnd {
  const { call, attempts } = admitted;
  const start = { ...attemptStart(admitted, taken), startedMs: begunMs };
  const end: AttemptEnd = {
    outcome: "failed",
    error,
    meter: null,
    evidence: null,
    status: null,
    firstByteMs: null,
  };
  attempts.push(endedRecord(call, start, end));
  return end;
}

/**
 * The same account once more, where it refused thoughts of a conversation that passed to it as it was:
 * they are another account's or model's, which nothing in the bytes tells.
 */
async function tryOpened(admitted: Admitted, tried: Tried): Promise<Tried> {
  const { call } = admitted;
  const { status, evidence } = tried.end;
  const refused = thoughtRefusal(status ?? 0, evidence ?? "");
  const mayOpen = call.protocol.translator !== null && tried.taken.account.leadsBack === null;
  if (!refused || !mayOpen || call.reply.begun() || call.leave.hasLeft()) return tried;
  admitted.repeats++;
  return trySent(admitted, tried.taken, refused);
}

/**
 * The account to go on with; null when this failure must not be repeated, the retries are used up, or
 * nothing else is left: then the upstream's own failure says more than "no account".
 */
function nextTake(
  { call, attempts, repeats, chooser }: Admitted,
  { error, outcome }: AttemptEnd,
): Taken | null {
  if (!error || outcome !== "failed" || call.reply.begun() || call.leave.hasLeft()) return null;
  if (!FAILURES[error.code].failover) return null;
  if (attempts.length - repeats >= call.settings.maxAttempts) return null;
  const next = nextOrNull(chooser);
  return next && call.ports.mayRetry() ? next : null;
}

function nextOrNull(chooser: Chooser): Taken | null {
  try {
    return chooser.choose();
  } catch {
    return null;
  }
}

/** The same account once more, where it refused something that the call can do without. */
function tryAgain(admitted: Admitted, refused: Tried): AttemptEnd | Promise<AttemptEnd> {
  const { call, repeats } = admitted;
  if (!mayDoWithout(refused.end, refused.passage)) return refused.end;
  const again = (passage: Passage) => {
    admitted.repeats++;
    return tryOnce(admitted, refused.taken, passage);
  };
  return tryWithout(call, { ...refused, repeats, again });
}

/** `renewsToken`: a rejected token is renewed next, and says nothing about the account. */
async function tryOnce(
  admitted: Admitted,
  taken: Taken,
  passage: Passage,
  renewsToken = false,
): Promise<AttemptEnd> {
  const { call, ticket, attempts, asked } = admitted;
  const { account, sentModel, provider } = taken;
  const start = attemptStart(admitted, taken);
  const earlier = [...attempts];
  if (passage.removed.length > 0 || attempts.length > 0) {
    call.reply.tellRemoved(removedHeader(passage.removed));
  }
  const end = await runAttempt(call, {
    account,
    provider,
    sentModel,
    passage,
    ticket,
    checkpoint(meter, firstByteMs) {
      const used = () => [...earlier, runningRecord(call, start, meter, firstByteMs)];
      call.ports.checkpoint(ticket, asked, used);
    },
  });
  const record = endedRecord(call, start, end);
  attempts.push(record);
  if (!renewsToken || !rejectsToken(taken, end)) report(call, taken, end, record);
  return end;
}

function attemptStart({ call, ticket, attempts }: Admitted, taken: Taken): AttemptStart {
  return {
    attempt: attempts.length + 1,
    account: taken.account,
    sentModel: taken.sentModel,
    startedMs: elapsedMs(call),
    decision: taken.trace,
    passThrough: ticket.passThroughOf !== null,
  };
}

/** A caller who left taught nothing about the account, and neither did a field that it does not take. */
function report(
  call: Call,
  { account, provider }: Taken,
  end: AttemptEnd,
  record: AttemptRecord,
): void {
  const accountId = account.id;
  const windows = end.windows ?? [];
  if (end.error === null) {
    const firstByteMs = (record.firstByteMs ?? record.endedMs) - record.startedMs;
    call.ports.report({ kind: "served", accountId, firstByteMs, windows });
    return;
  }
  if (end.outcome === "left" || end.refusals?.length) return;
  const family = end.error.detail.family ?? null;
  const told = provider.limitedWindows?.(end.error, call.ports.clock.nowMs()) ?? [];
  call.ports.report({
    kind: "failed",
    accountId,
    error: end.error,
    family,
    windows: told.length > 0 ? [...windows, ...told] : windows,
  });
}

function answerEnd(call: Call, end: AttemptEnd, error: AppError): Ending {
  if (lacksCounter(call, error)) {
    return { status: answerEstimate(call), outcome: "complete", error: null };
  }
  const status = answerFailure(call, call.protocol, error, call.facts.stream);
  return { status, outcome: end.outcome === "cut" || status === 200 ? "cut" : "failed", error };
}

function leftEnding(): Ending {
  const error = new AppError("client_left", "The client left before the answer was complete.");
  return { status: error.status, outcome: "left", error };
}
