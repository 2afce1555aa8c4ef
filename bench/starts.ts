import type { CleanUp } from "./clean-up";
import type { Options } from "./options";
import { type RelayName, setStage } from "./relays";
import { noteSamples, playRounds, type Samples } from "./rounds";
import type { Scenario } from "./scenarios";

/**
 * Plays all rounds with relays that are started anew each time, one stage after the other: V8 compiles each
 * start of a program a little differently, and the same relay costs up to a third more or less for as long
 * as it lives. Stages do not live side by side, for a process that idles loses compiled code.
 */
export async function playStarts(
  { starts, rounds }: Options,
  scenarios: readonly Scenario[],
  ends: CleanUp,
  tell: (line: string) => void,
): Promise<{ samples: Samples; present: readonly RelayName[] }> {
  const samples: Samples = new Map();
  let present: readonly RelayName[] = [];
  for (let start = 1; start <= starts; start++) {
    tell(`starting the relays, ${start} of ${starts}`);
    const stage = await setStage(ends);
    present = stage.relays.map(({ name }) => name);
    noteSamples(samples, await playRounds(stage, scenarios, rounds, tell));
    await ends.now();
  }
  return { samples, present };
}
