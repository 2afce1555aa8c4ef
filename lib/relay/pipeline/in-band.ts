import type { AppError } from "../../shared/errors";
import type { Meter } from "../protocols/protocol";
import { diagnoseByStatus } from "../providers/diagnose";

/** An error that the upstream stated inside a successful answer, as the failure it means; null if none. */
export function inBandFailure(meter: Meter, model: string): AppError | null {
  const stated = meter.inBandError();
  if (!stated) return null;
  const body = JSON.stringify({ message: stated.message });
  return diagnoseByStatus({ status: stated.status, headers: {}, body, model });
}
