import type { AppError } from "../../shared/errors";
import type { Refusal } from "../capabilities/removal";
import type { Outcome } from "../ports";
import type { Meter } from "../protocols/protocol";
import type { UpstreamExchange } from "../upstream-port";
import type { Call } from "./call";
import type { Passage } from "./passage";

/** How one try ended. */
export interface Received {
  outcome: Extract<Outcome, "complete" | "failed" | "left" | "cut">;
  /** null when it is complete. */
  error: AppError | null;
  meter: Meter | null;
  /** What a failed upstream answered, for the request's story. */
  evidence: string | null;
  /** What the upstream named as not taken, where it refused the request for that. */
  refusals?: readonly Refusal[] | undefined;
}

/** What a receiver is given to work with. */
export interface ReceiverTools {
  call: Call;
  passage: Passage;
  /** The answer is passed on with changes: its model's name differs, or something was asked besides. */
  mapped: boolean;
  upstream(): UpstreamExchange;
  /** Something was written at that moment (monotonic ms): the keep-alive begins to wait anew. */
  touch(nowMs: number): void;
  /** Usage so far is worth keeping. */
  checkpoint(meter: Meter): void;
  /** The try is over. Only the first call counts. */
  done(received: Received): void;
}

/** Takes an upstream's answer after its head. One kind for each kind of answer. */
export interface Receiver {
  /** false pauses the upstream. */
  onData(chunk: Uint8Array): boolean;
  onEnd(): void;
  onError(error: AppError): void;
  onLeave(): void;
}
