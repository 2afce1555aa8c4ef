import { checkAnswer, measure, type Sample } from "./measure";
import type { ScenarioName } from "./options";
import type { Relay, RelayName, Stage } from "./relays";
import type { Scenario } from "./scenarios";

/** V8 goes on compiling for some thousand requests: a server that runs for days is past that. */
const WARM_UPS = 3;

/** Of each scenario and relay one sample a round; index = round. */
export type Samples = Map<ScenarioName, Map<RelayName, Sample[]>>;

/**
 * Gives every scenario to every relay, `rounds` times, the relays one right after the other and in
 * another order each round, so that what else the machine does hits all of them alike. Rounds of all
 * scenarios before these warm everything up and check the answers. Then each scenario has its rounds to
 * itself, after one that does not count: large bodies leave garbage that the next requests would pay for.
 */
export async function playRounds(
  stage: Stage,
  scenarios: readonly Scenario[],
  rounds: number,
  tell: (line: string) => void,
): Promise<Samples> {
  for (let round = 0; round < WARM_UPS; round++) {
    tell(`warming up, ${round + 1} of ${WARM_UPS}`);
    for (const scenario of scenarios) await playOnce(stage, scenario, round, round === 0);
  }
  const samples: Samples = new Map();
  for (const scenario of scenarios) {
    tell(`${scenario.name}: ${rounds} rounds`);
    for (let round = 0; round <= rounds; round++) {
      const played = await playOnce(stage, scenario, round, false);
      if (round === 0) continue;
      for (const [name, sample] of played) note(samples, scenario.name, name, [sample]);
    }
  }
  return samples;
}

/** One scenario through every relay that takes it; `round` decides which is the first. */
async function playOnce(
  { upstream, relays }: Stage,
  scenario: Scenario,
  round: number,
  check: boolean,
): Promise<[RelayName, Sample][]> {
  await upstream.ask(scenario.order);
  const played: [RelayName, Sample][] = [];
  for (const relay of rotated(takers(relays, scenario), round)) {
    if (check) await checkAnswer(relay, scenario);
    played.push([relay.name, await measure(relay, scenario)]);
  }
  return played;
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

/** Adds the samples of further rounds. */
export function noteSamples(samples: Samples, further: Samples): void {
  for (const [scenario, ofScenario] of further) {
    for (const [relay, added] of ofScenario) note(samples, scenario, relay, added);
  }
}

function note(
  samples: Samples,
  scenario: ScenarioName,
  relay: RelayName,
  added: readonly Sample[],
): void {
  const ofScenario = samples.get(scenario) ?? new Map<RelayName, Sample[]>();
  samples.set(scenario, ofScenario);
  ofScenario.set(relay, [...(ofScenario.get(relay) ?? []), ...added]);
}
