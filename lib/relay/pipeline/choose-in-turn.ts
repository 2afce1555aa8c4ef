import { AppError } from "../../shared/errors";
import type { Chooser, Taken } from "./admission";
import type { Call } from "./call";

type Choice = { taken: Taken } | { refusal: AppError };

/**
 * Chooses an account, and waits in line where all that could serve are full. Who needs an account with a
 * limit while others wait goes behind them. Throws AppError("no_account") when the wait was for nothing,
 * with what excluded the accounts, or at once when the line is full.
 */
export async function chooseInTurn(call: Call, chooser: Chooser): Promise<Taken> {
  const choice = choiceOf(chooser);
  const { ports, settings, key } = call;
  if (settings.queueMs === 0 || !mustWait(choice, ports.line.waiting())) return demanded(choice);
  const place = ports.line.enter(key.id, settings.queuePerKey);
  if (!place) {
    if ("taken" in choice) return choice.taken;
    throw lineFull(choice.refusal);
  }
  const untilMs = ports.clock.nowMs() + settings.queueMs;
  call.leave.whenLeft(place.leave);
  try {
    let last = choice;
    while (await place.turn(untilMs)) {
      chooser.forgetFull();
      last = choiceOf(chooser);
      if (!mustWait(last, 0)) return demanded(last);
      place.nothing();
    }
    return demanded(last);
  } finally {
    place.leave();
    call.leave.whenLeft(() => {});
  }
}

function choiceOf(chooser: Chooser): Choice {
  try {
    return { taken: chooser.choose() };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { refusal: thrown };
  }
}

function mustWait(choice: Choice, others: number): boolean {
  if ("taken" in choice) return others > 0 && choice.taken.account.maxConcurrency !== null;
  return (choice.refusal.detail.reasons?.["concurrency-full"] ?? 0) > 0;
}

function demanded(choice: Choice): Taken {
  if ("refusal" in choice) throw choice.refusal;
  return choice.taken;
}

function lineFull({ detail }: AppError): AppError {
  const message =
    "All accounts for this model are busy, and enough requests of this key wait already.";
  return new AppError("no_account", message, detail);
}
