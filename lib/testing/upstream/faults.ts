import type { UpstreamProtocol } from "./book";

/** How a connection is broken: TCP reset, or a FIN without the end of the HTTP body. */
export type CutForm = "reset" | "fin";

/** An error of the protocol's own form; 429 carries the provider's limit headers. */
export interface StatusFault {
  kind: "status";
  status: number;
  retryAfterSeconds?: number;
  message?: string;
  /** OpenAI's `code` (and `type`) such as insufficient_quota, Anthropic's error type. */
  code?: string;
  headers?: Record<string, string>;
}

/** One way in which an upstream misbehaves. All times in ms. Events count from 0. */
export type Fault =
  | StatusFault
  /** 400, but only when the request has that beta flag or that top-level field. */
  | { kind: "refuse-beta"; beta: string }
  | { kind: "refuse-field"; field: string }
  | { kind: "delay-head"; ms: number }
  | { kind: "delay-events"; ms: number }
  /** Writes that many events, then nothing more, and never ends. */
  | { kind: "silent-after"; events: number }
  | { kind: "cut"; form: CutForm; at: "before-head" | "after-head" }
  | { kind: "cut"; form: CutForm; afterBytes: number }
  /** A whole answer is cut in its middle. */
  | { kind: "cut"; form: CutForm; afterEvents: number }
  /** A complete HTTP body that lacks the protocol's last events. */
  | { kind: "early-end"; afterEvents: number }
  /** FIN in the middle of that event. */
  | { kind: "half-event"; event: number }
  /** The protocol's error event after that many events, then a clean end. */
  | { kind: "error-event"; afterEvents: number; status?: number }
  /** That event's JSON is cut short, framing intact; the stream goes on. */
  | { kind: "malformed-json"; event: number }
  /** Compresses although it was not asked to. */
  | { kind: "gzip" }
  /** A line without end after the head, up to so many bytes (default: until the client leaves). */
  | { kind: "endless-line"; bytes?: number }
  /** Reads the request's body at this pace. */
  | { kind: "slow-read"; bytesPerSecond: number }
  /** Directions as in a prompt: "[[tokens:200]][[delay:20]]". */
  | { kind: "script"; directions: string };

/** Which requests a rule is for; a field that is absent lets everything through. */
interface FaultFilter {
  protocol?: UpstreamProtocol;
  /** Part of the path. */
  path?: string;
  key?: string;
  model?: string;
  stream?: boolean;
}

export interface FaultRule {
  when?: FaultFilter;
  /** Lets so many matching requests pass first. */
  skip?: number;
  /** How often it is played; without it, for ever. */
  times?: number;
  /** 0–1, decided by the seeded generator; without it, always. */
  probability?: number;
  faults: readonly Fault[];
}

/** What a rule is matched against. */
interface FaultSubject {
  protocol: UpstreamProtocol;
  path: string;
  key: string;
  model: string;
  stream: boolean;
}

export interface Faults {
  /** Rules are tried in order; the first that matches and is not used up is played. */
  add(...rules: FaultRule[]): void;
  clear(): void;
  rules(): readonly FaultRule[];
  /** The same rules with the same requests play the same faults. */
  seed(seed: number): void;
  /** Before the body is read: model and stream are not known yet, rules on them never match. */
  pickForArrival(subject: Omit<FaultSubject, "model" | "stream">): readonly Fault[];
  pickForAnswer(subject: FaultSubject): readonly Fault[];
}

interface Armed {
  rule: FaultRule;
  skipped: number;
  played: number;
}

/** A list of rules, empty at first. */
export function createFaults(firstSeed = 1): Faults {
  let armed: Armed[] = [];
  let random = mulberry32(firstSeed);

  const pick = (subject: Partial<FaultSubject>, early: boolean): readonly Fault[] => {
    const fitting = armed.filter(
      ({ rule }) => isEarly(rule) === early && matches(rule.when ?? {}, subject),
    );
    return fitting.find((one) => takesTurn(one, () => random()))?.rule.faults ?? [];
  };

  return {
    add(...rules) {
      armed.push(...rules.map((rule) => ({ rule, skipped: 0, played: 0 })));
    },
    clear() {
      armed = [];
    },
    rules: () => armed.map((one) => one.rule),
    seed(seed) {
      random = mulberry32(seed);
    },
    pickForArrival: (subject) => pick(subject, true),
    pickForAnswer: (subject) => pick(subject, false),
  };
}

/** Counts a matching request; true when the rule is played on it. */
function takesTurn(one: Armed, random: () => number): boolean {
  const { times, skip, probability } = one.rule;
  if (one.played >= (times ?? Number.POSITIVE_INFINITY)) return false;
  if (one.skipped < (skip ?? 0)) {
    one.skipped++;
    return false;
  }
  if (probability !== undefined && random() >= probability) return false;
  one.played++;
  return true;
}

function isEarly(rule: FaultRule): boolean {
  return rule.faults.some((fault) => fault.kind === "slow-read");
}

function matches(filter: FaultFilter, subject: Partial<FaultSubject>): boolean {
  if (filter.path !== undefined && !(subject.path ?? "").includes(filter.path)) return false;
  return (["protocol", "key", "model", "stream"] as const).every(
    (name) => filter[name] === undefined || filter[name] === subject[name],
  );
}

/** A small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
