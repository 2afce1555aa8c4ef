import type { CutForm, Fault } from "./faults";
import type { Reply, StreamEvent } from "./reply";

/** How the writing of a reply ends. */
export type Ending = "end" | "silence" | CutForm;

/** A reply with its faults worked in: only to be carried out. */
export interface WritePlan {
  headDelayMs: number;
  eventDelayMs: number;
  /** The connection is broken before a status was written. */
  cutBeforeHead: CutForm | null;
  gzip: boolean;
  /** Bytes of an endless line to write instead of the events; null for none. */
  endlessLineBytes: number | null;
  writes: readonly PlannedWrite[];
  ending: Ending;
}

export interface PlannedWrite {
  bytes: Buffer;
  /** Tokens delivered by then. An event that is cut short delivers nothing. */
  output: number;
  reasoning: number;
}

/** Works the faults into the reply. Pure. Faults on the status are not its business. */
export function planWrites(reply: Reply, faults: readonly Fault[]): WritePlan {
  let plan: WritePlan = {
    headDelayMs: reply.pace.firstMs,
    eventDelayMs: reply.pace.delayMs,
    cutBeforeHead: null,
    gzip: false,
    endlessLineBytes: null,
    writes: reply.events.map(writeOf),
    ending: "end",
  };
  for (const fault of faults) plan = { ...plan, ...change(plan, fault, reply) };
  return plan;
}

function writeOf(event: StreamEvent): PlannedWrite {
  return {
    bytes: Buffer.from(event.text, "utf8"),
    output: event.output,
    reasoning: event.reasoning,
  };
}

function change(plan: WritePlan, fault: Fault, reply: Reply): Partial<WritePlan> {
  switch (fault.kind) {
    case "delay-head":
      return { headDelayMs: plan.headDelayMs + fault.ms };
    case "delay-events":
      return { eventDelayMs: fault.ms };
    case "silent-after":
      return { writes: plan.writes.slice(0, fault.events), ending: "silence" };
    case "cut":
      return cut(plan, fault, reply);
    case "early-end":
      return { writes: plan.writes.slice(0, fault.afterEvents) };
    case "half-event":
      return { writes: upToHalf(plan.writes, fault.event), ending: "fin" };
    case "error-event":
      return { writes: withError(plan.writes, fault.afterEvents, reply, fault.status ?? 529) };
    case "malformed-json":
      return { writes: plan.writes.map((write, i) => (i === fault.event ? broken(write) : write)) };
    case "gzip":
      return { gzip: true };
    case "endless-line":
      return { endlessLineBytes: fault.bytes ?? Number.POSITIVE_INFINITY };
    default:
      return {};
  }
}

function cut(
  plan: WritePlan,
  fault: Extract<Fault, { kind: "cut" }>,
  reply: Reply,
): Partial<WritePlan> {
  if ("afterBytes" in fault) {
    return { writes: firstBytes(plan.writes, fault.afterBytes), ending: fault.form };
  }
  if ("afterEvents" in fault) {
    // A whole answer is one event: cut behind it, it would look whole.
    if (!reply.streamed && fault.afterEvents > 0) {
      return { writes: upToHalf(plan.writes, 0), ending: fault.form };
    }
    return { writes: plan.writes.slice(0, fault.afterEvents), ending: fault.form };
  }
  if (fault.at === "before-head") return { cutBeforeHead: fault.form };
  return { writes: [], ending: fault.form };
}

function firstBytes(writes: readonly PlannedWrite[], limit: number): PlannedWrite[] {
  const kept: PlannedWrite[] = [];
  let left = limit;
  for (const write of writes) {
    if (write.bytes.length > left) {
      if (left > 0)
        kept.push({ ...(kept.at(-1) ?? NOTHING), bytes: write.bytes.subarray(0, left) });
      return kept;
    }
    kept.push(write);
    left -= write.bytes.length;
  }
  return kept;
}

function upToHalf(writes: readonly PlannedWrite[], event: number): PlannedWrite[] {
  const before = writes.slice(0, event);
  const half = writes[event];
  if (half === undefined) return before;
  const bytes = half.bytes.subarray(0, Math.floor(half.bytes.length / 2));
  return [...before, { ...(before.at(-1) ?? NOTHING), bytes }];
}

function withError(
  writes: readonly PlannedWrite[],
  afterEvents: number,
  reply: Reply,
  status: number,
): PlannedWrite[] {
  const before = writes.slice(0, afterEvents);
  const bytes = Buffer.from(reply.errorEvent(status, before.length), "utf8");
  return [...before, { ...(before.at(-1) ?? NOTHING), bytes }];
}

/** Cuts the JSON in the middle and keeps the line breaks that end the event. */
function broken(write: PlannedWrite): PlannedWrite {
  const text = write.bytes.toString("utf8");
  const body = text.trimEnd();
  const cutAt = Math.floor((body.lastIndexOf("{") + body.length) / 2);
  return { ...write, bytes: Buffer.from(body.slice(0, cutAt) + text.slice(body.length), "utf8") };
}

const NOTHING = { output: 0, reasoning: 0 };
