import type { CallFacts, StreamForm } from "../model";
import type { NeutralCall } from "../neutral";
import type { NeutralAnswer, NeutralEvent } from "../neutral-answer";
import type { Loss, LossKind } from "../neutral-loss";
import type { Machine } from "../stream/machine";

/** What a writer of calls is told about the upstream besides the call. */
export interface CallTarget {
  /** Name that the upstream is asked for. */
  model: string;
  /** generate, or a count of the same call's tokens. */
  action: "generate" | "count";
}

/** A call or a whole answer as it is written. */
export interface Written {
  body: Uint8Array;
  /** What this protocol has no field for. */
  losses: readonly Loss[];
}

/** Why a protocol cannot carry something; shown in the documentation and to admins. */
export interface KnownLoss {
  /** One sentence: what is lost, and what becomes of it. */
  why: string;
  /** The provider's own documentation of the fields that it has. */
  see: string;
}

export type KnownLosses = Readonly<Partial<Record<LossKind, KnownLoss>>>;

/** What a writer of answers is told about the call that is answered. */
export interface AnswerFacts {
  /** The client's call: tool kinds (custom, namespaced), wishes such as `includeUsage`. */
  call: NeutralCall;
  /** Model as the client asked for it. */
  model: string;
  /** For ids of answers whose upstream states none. */
  requestId: string;
  /** Epoch ms. */
  nowMs: number;
  form: StreamForm | null;
}

/** The part of a wire format that reads it into the neutral form and writes it from there. */
export interface Translator {
  /** The whole call, from its JSON. Throws AppError("invalid_request") with the field's name. */
  readCall(body: Uint8Array, facts: CallFacts): NeutralCall;
  /** Never fails for a field that can be dropped: it becomes a loss. */
  writeCall(call: NeutralCall, target: CallTarget): Written;
  /** Bytes of a streamed answer, in any cut, as events. Unreadable frames are skipped. */
  readEvents(form: StreamForm): Machine<Uint8Array, NeutralEvent>;
  /** Hands out whole frames only, the protocol's own last ones after `finish`. */
  writeEvents(facts: AnswerFacts): Machine<NeutralEvent, Uint8Array>;
  /** A whole answer. Throws AppError("upstream_broken") for what is none. */
  readAnswer(body: Uint8Array): NeutralAnswer;
  writeAnswer(answer: NeutralAnswer, facts: AnswerFacts): Written;
  /** Tokens that an answer to a count states; null when it states none. */
  readCount(body: Uint8Array): number | null;
  /** Kinds of things that calls and answers of this protocol can state. */
  states: { call: readonly LossKind[]; answer: readonly LossKind[] };
  /** All that its writers can report: the table of known losses is made of these and `states`. */
  losses: { call: KnownLosses; answer: KnownLosses };
}
