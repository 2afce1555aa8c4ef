import type { Sample } from "./measure";
import type { ScenarioName } from "./options";
import type { RelayName } from "./relays";
import type { Samples } from "./rounds";
import { median, type Spread, spreadOf } from "./statistics";

type Figure = (sample: Sample) => number;

/** Questions that a report asks about the samples of a run; null where nothing was measured. */
export function figuresOf(samples: Samples) {
  const of = (scenario: ScenarioName, relay: RelayName) =>
    samples.get(scenario)?.get(relay) ?? ([] as const);

  /** A figure of each round beside another relay's figure of the same round. */
  const paired = (
    scenario: ScenarioName,
    relay: RelayName,
    other: RelayName,
    join: (one: Sample, two: Sample) => number,
  ): number[] => {
    const others = of(scenario, other);
    return of(scenario, relay).flatMap((one, round) => {
      const two = others[round];
      return two ? [join(one, two)] : [];
    });
  };
  return {
    cpu: (scenario: ScenarioName, relay: RelayName): Spread | null =>
      spreadOf(of(scenario, relay).map(({ cpu }) => cpu)),
    /** CPU beside another relay's in the same round. */
    ratio(scenario: ScenarioName, relay: RelayName, other: RelayName = "bare"): number | null {
      const ratios = paired(scenario, relay, other, (one, two) => one.cpu / two.cpu);
      return ratios.length > 0 ? median(ratios) : null;
    },
    /** What a relay adds to the first byte, in ms, beside asking the upstream itself in the same round. */
    added: (relay: RelayName, figure: Figure): Spread | null =>
      spreadOf(paired("ttfb", relay, "direct", (one, direct) => figure(one) - figure(direct))),
  };
}

export type Figures = ReturnType<typeof figuresOf>;
