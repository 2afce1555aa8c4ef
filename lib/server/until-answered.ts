import type { Clock } from "../shared/clock";
import type { Check } from "./health";
import type { Log } from "./log/log";

const TRY_EVERY_MS = 500;

/** Waits, for as long as it takes, until each of these has answered once; says what it waits for. */
export async function untilAnswered(
  checks: Readonly<Record<string, Check>>,
  clock: Clock,
  log: Log,
): Promise<void> {
  for (const [name, check] of Object.entries(checks)) {
    for (let tries = 0; !(await answers(check)); tries++) {
      if (tries % 10 === 0) log("warn", { event: "start.waiting", for: name });
      await new Promise<void>((done) => clock.after(TRY_EVERY_MS, done));
    }
  }
}

const answers = (check: Check) =>
  check().then(
    () => true,
    () => false,
  );
