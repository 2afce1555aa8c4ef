import { checkAnswer, measure, type Sample } from "./measure";
import type { ScenarioName } from "./options";
import type { Relay, RelayName, Stage } from "./relays";
import type { Scenario } from "./scenarios";

/** V8 goes on compiling for some thousand requests: a server that runs for days is past that. */
const WARM_UPS = 3;

/** Of each scenario and relay one sample a round; index = round. */
export type Samples = ReadonlyMap<ScenarioName, ReadonlyMap<RelayName, readonly Sample[]>>;

/**
 * Gives every scenario to every relay, `rounds` times, the relays one right after the other and in
 * another order each round, so that what else the machine does hits all of them alike. Rounds before
 * these warm everything up and check the answers.
 */
export async function playRounds(
  { upstream, relays }: Stage,
  scenarios: readonly Scenario[],
  rounds: number,
  tell: (line: string) => void,
): Promise<Samples> {
  const samples = new Map<ScenarioName, Map<RelayName, Sample[]>>();
  for (let round = 1 - WARM_UPS; round <= rounds; round++) {
    tell(round <= 0 ? "warming up" : `round ${round} of ${rounds}`);
    for (const scenario of scenarios) {
      await upstream.ask(scenario.order);
      for (const relay of rotated(takers(relays, scenario), round + WARM_UPS)) {
        const sample = await play(relay, scenario, round);
        if (round > 0) note(samples, scenario.name, relay.name, sample);
      }
    }
  }
  return samples;
}

async function play(relay: Relay, scenario: Scenario, round: number): Promise<Sample> {
  if (round <= 0) await checkAnswer(relay, scenario);
  return measure(relay, scenario);
}

function takers(relays: readonly Relay[], { name: scenario, direct }: Scenario): Relay[] {
  return relays.filter(
    ({ name, only }) => (direct || name !== "direct") && (only?.includes(scenario) ?? true),
  );
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const cut = by % Math.max(1, items.length);
  return [...items.slice(cut), ...items.slice(0, cut)];
}

function note(
  samples: Map<ScenarioName, Map<RelayName, Sample[]>>,
  scenario: ScenarioName,
  relay: RelayName,
  sample: Sample,
): void {
  const ofScenario = samples.get(scenario) ?? new Map<RelayName, Sample[]>();
  samples.set(scenario, ofScenario);
  ofScenario.set(relay, [...(ofScenario.get(relay) ?? []), sample]);
}
