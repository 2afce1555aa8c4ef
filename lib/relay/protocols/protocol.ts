import type { AppError } from "../../shared/errors";
import type { CallAction, CallFacts, FaceId, ProtocolId, StreamForm, Usage } from "../model";
import type { Machine } from "../stream/machine";
import type { Translator } from "./translator";

/** What the route table says about a request's method and path. */
export interface RouteMatch {
  face: FaceId;
  protocol: ProtocolId;
  action: CallAction;
  /** Model named by the path (Gemini); null when it is in the body or there is none. */
  model: string | null;
  /** Gemini's method after the colon, or what an `about` call asks for; "" elsewhere. */
  method: string;
}

export interface CallSource {
  route: RouteMatch;
  headers: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: Uint8Array;
  /** For the session of a call that names none: a hash of its beginning. */
  sha256(text: string): string;
}

/**
 * Reads along an answer that passes through. It is given every byte in any cut and never changes
 * one. Usage is known as soon as the upstream has stated it, not only at the end.
 */
export interface Meter {
  /**
   * Answers how many of the chunk's leading bytes complete frames; what lies beyond begins a frame
   * that is not whole yet. Throws AppError("upstream_broken") when one frame outgrows its bound.
   */
  push(chunk: Uint8Array): number;
  end(): void;
  /** null while nothing was stated. */
  usage(): Usage | null;
  reportedModel(): string | null;
  /** Has the protocol's own last event (or a whole JSON answer) been seen? */
  complete(): boolean;
  /** An error event inside the stream, as the protocol states it; null when there was none. */
  inBandError(): { status: number; message: string } | null;
  /**
   * Weight of the text delivered so far, the basis of an estimate when usage is missing: an ASCII
   * character counts one, any other four, since outside ASCII a character is about a token.
   */
  deliveredChars(): number;
}

export interface RenderedFailure {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface FailureContext {
  requestId: string;
  /** Page that tells the story of this request; null when there is none. */
  storyUrl: string | null;
}

/** A wire format. One folder each; protocols never import each other. */
export interface Protocol {
  id: ProtocolId;
  /** Reads and writes the neutral form; null for a format that only passes through. */
  translator: Translator | null;
  /** Facts of the call by a byte scan. Throws AppError("invalid_request"). */
  readCall(source: CallSource): CallFacts;
  /** The body with the model's name replaced; the same bytes when the name is equal or not in it. */
  withModel(body: Uint8Array, facts: CallFacts, model: string): Uint8Array;
  meter(facts: CallFacts): Meter;
  /** Puts the asked model's name where the answer states its own; every other byte is untouched. */
  restoreModel(facts: CallFacts): Machine<Uint8Array, Uint8Array>;
  /** Must `restoreModel` see an answer even where the model's name is the same? Absent: no. */
  changesAnswer?(facts: CallFacts): boolean;
  /** The failure in this protocol's envelope, with status and headers (request-id, retry-after, x-should-retry). */
  failure(error: AppError, context: FailureContext): RenderedFailure;
  /** The failure as an event inside a stream that has begun, to be written between two frames. */
  failureInBand(error: AppError, form: StreamForm, context: FailureContext): Uint8Array;
  /**
   * How a stream ends after its in-band failure. "cut" where known clients overlook the event and
   * would take a clean end for success.
   */
  afterFailureInBand: "end" | "cut";
  /** The caller's headers that may travel upstream, lower case; a trailing `*` stands for any rest. */
  forwardedHeaders: readonly string[];
  /** Answer of a token count made without an upstream. */
  countAnswer(tokens: number): unknown;
  /** Bytes that keep a silent stream alive; null when the form knows none. */
  keepAlive(form: StreamForm): Uint8Array | null;
  /** Models list in this protocol's shape. */
  modelsAnswer(models: readonly ListedModel[], query: URLSearchParams): unknown;
  /** One model in this protocol's shape. */
  modelAnswer(model: ListedModel): unknown;
  /** Text of the last turn (user text or tool results), normalised: the seed of the hop fingerprint. */
  lastTurnText(body: Uint8Array): string | null;
}

export interface ListedModel {
  id: string;
  displayName: string;
  createdAtMs: number;
  inputTokenLimit: number | null;
  outputTokenLimit: number | null;
}
