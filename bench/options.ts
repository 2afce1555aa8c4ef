import { parseArgs } from "node:util";

export const SCENARIOS = ["burst", "json", "paced", "ttfb", "body1m", "body8m"] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** How much is measured. */
export interface Options {
  rounds: number;
  only: readonly ScenarioName[];
  /** Requests of a round: of burst and small JSON, of time to first byte, of 1 MB and 8 MB bodies. */
  requests: number;
  probes: number;
  mediumBodies: number;
  largeBodies: number;
  streams: number;
  eventsPerStream: number;
}

const FULL = {
  requests: 1_500,
  probes: 400,
  mediumBodies: 60,
  largeBodies: 12,
  streams: 200,
  eventsPerStream: 200,
};

/** About a minute: enough to see what a change did, too little to quote. */
const QUICK = {
  requests: 400,
  probes: 150,
  mediumBodies: 20,
  largeBodies: 5,
  streams: 60,
  eventsPerStream: 50,
};

export const USAGE = `npm run bench -- [--quick] [--rounds <n>] [--only <scenario>]…
  --quick     a minute instead of some ten
  --rounds    how often everything is measured (default 5)
  --only      one of ${SCENARIOS.join(", ")}; may be repeated`;

/** @throws with words for the person at the terminal */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      rounds: { type: "string", default: "5" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds takes a whole number.");
  const only = SCENARIOS.filter((name) => values.only.includes(name));
  if (only.length !== new Set(values.only).size) throw new Error("There is no such scenario.");
  return { rounds, only: only.length > 0 ? only : SCENARIOS, ...(values.quick ? QUICK : FULL) };
}
