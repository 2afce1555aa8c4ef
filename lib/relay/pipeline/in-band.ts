import type { AppError } from "../../shared/errors";
import type { Meter } from "../protocols/protocol";
import { diagnoseByStatus } from "../providers/diagnose";

/** An error that the upstream stated inside a successful answer, as the failure it means; null if none. */
export function inBandFailure(meter: Meter, model: string): AppError | null {
  const stated = meter.inBandError();
  return stated && failureTold(stated, model);
}

/** The failure that a status and a sentence mean which an upstream told inside an answer. */
export function failureTold(
  { status, message }: { status: number; message: string },
  model: string,
): AppError {
  return diagnoseByStatus({ status, headers: {}, body: JSON.stringify({ message }), model });
}
