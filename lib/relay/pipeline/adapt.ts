import { BETA_HEADER, carriesBeta } from "../capabilities/betas";
import { type Refusal, type Removal, removalName, removedHeader } from "../capabilities/removal";
import { takeOut } from "../capabilities/take-out";
import type { Taken } from "./admission";
import type { AttemptEnd } from "./attempt";
import type { Call } from "./call";
import type { Passage } from "./passage";

/** So often a call is asked again, of whichever account, without what was refused. */
const MAX_REPEATS = 3;

/** The passage without what this account is known to refuse for this model. */
export function adapted(call: Call, taken: Taken, passage: Passage): Passage {
  const { capabilities, clock } = call.ports;
  if (capabilities.isEmpty()) return passage;
  const known = capabilities.known(placeOf(taken, passage), clock.nowMs());
  return known.length === 0 ? passage : without(call, passage, known);
}

/** A try that the upstream refused. */
export interface RefusedTry {
  taken: Taken;
  /** The call as it came. */
  plain: Passage;
  /** What was sent of it. */
  passage: Passage;
  end: AttemptEnd;
  /** How often this call was asked again already. */
  repeats: number;
  /** Asks the same account once more. */
  again(passage: Passage): Promise<AttemptEnd>;
}

/** Was the request refused in a way that may be about less than the whole of it? */
export function mayDoWithout({ error, refusals }: AttemptEnd, { removed }: Passage): boolean {
  if (error?.code !== "upstream_refused") return false;
  return (refusals?.length ?? 0) > 0 || removed.length > 0;
}

/**
 * Asks the same account again without what it named. That is learnt when the call is then taken, or
 * refused for something else that can be left out. Where it is refused all the same, the first refusal
 * is the answer, for it is about what the caller sent.
 */
export async function tryWithout(call: Call, refused: RefusedTry): Promise<AttemptEnd> {
  const place = placeOf(refused.taken, refused.plain);
  const known = refused.passage.removed;
  const found: Refusal[] = [];
  let { passage, end } = refused;
  for (let { repeats } = refused; repeats < MAX_REPEATS && mayRepeat(call, end); repeats++) {
    const refusals = end.refusals ?? [];
    found.push(...refusals);
    let next = without(call, passage, refusals.map(removalOf));
    if (next === passage && passage === refused.passage && isWronglyLeftOut(passage, end)) {
      call.ports.capabilities.forget(place, known);
      next = refused.plain;
    }
    if (next === passage) break;
    passage = next;
    end = await refused.again(passage);
  }
  const isProven = wasTaken(end) || goesOn(call, passage, end);
  if (isProven) learn(call, refused.taken, place, passage, found);
  if (end.error?.code !== "upstream_refused") return end;
  call.reply.tellRemoved(removedHeader(known));
  return refused.end;
}

function mayRepeat({ reply, leave }: Call, { error, outcome }: AttemptEnd): boolean {
  if (outcome !== "failed" || error?.code !== "upstream_refused") return false;
  return !reply.begun() && !leave.hasLeft();
}

/** What was learnt from one call may be wrong for another: then the refusal speaks of what is missing. */
function isWronglyLeftOut({ removed }: Passage, { evidence }: AttemptEnd): boolean {
  return removed.some((removal) => evidence?.includes(lastWord(removal)));
}

function lastWord(removal: Removal): string {
  return removal.kind === "beta" ? removal.name : (removal.path.split(".").at(-1) ?? "");
}

/** A status of success alone does not say so: an error may come first inside the answer. */
function wasTaken({ status, outcome }: AttemptEnd): boolean {
  return outcome !== "failed" && status !== null && status >= 200 && status < 300;
}

/** More is refused than one call may find out: the next one begins where this one had to stop. */
function goesOn(call: Call, passage: Passage, { refusals = [] }: AttemptEnd): boolean {
  return without(call, passage, refusals.map(removalOf)) !== passage;
}

function learn(
  call: Call,
  { account, sentModel }: Taken,
  place: string,
  { removed }: Passage,
  found: readonly Refusal[],
): void {
  const proven = found.filter(({ removal, lasting }) => lasting && removed.includes(removal));
  if (proven.length === 0) return;
  const removals = proven.map(removalOf);
  call.ports.capabilities.learn(place, removals, call.ports.clock.nowMs());
  call.ports.log("info", {
    msg: "learnt what an upstream refuses",
    requestId: call.requestId,
    accountId: account.id,
    sentModel,
    removed: removals.map(removalName),
  });
}

/** The passage without what it carries of the removals; the same one when it carries none. */
function without(call: Call, passage: Passage, removals: readonly Removal[]): Passage {
  let { body } = passage;
  const removed = [...passage.removed];
  for (const removal of removals) {
    if (removed.some((earlier) => removalName(earlier) === removalName(removal))) continue;
    const left = takeOut(body, removal);
    if (left !== body || sendsBeta(call, passage, removal)) removed.push(removal);
    body = left;
  }
  return removed.length === passage.removed.length ? passage : { ...passage, body, removed };
}

/** A translated call sends none of the caller's flags. */
function sendsBeta({ request }: Call, { translation }: Passage, removal: Removal): boolean {
  return translation === null && carriesBeta(request.headers[BETA_HEADER], removal);
}

/** A counter of tokens takes less than the endpoint beside it. */
function placeOf({ account, sentModel }: Taken, { spoken, facts }: Passage): string {
  return `${account.id}\n${spoken.id}\n${facts.action}\n${sentModel}`;
}

function removalOf({ removal }: Refusal): Removal {
  return removal;
}
