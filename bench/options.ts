import { parseArgs } from "node:util";

export const SCENARIOS = ["burst", "json", "paced", "ttfb", "body1m", "body8m"] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** How much is measured. */
export interface Options {
  /** How often every relay is started anew, and how often each start is measured. */
  starts: number;
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

/** A minute for each start: enough to see what a change did, too little to quote. */
const QUICK = {
  requests: 400,
  probes: 150,
  mediumBodies: 20,
  largeBodies: 5,
  streams: 60,
  eventsPerStream: 50,
};

export const USAGE = `npm run bench -- [--quick] [--starts <n>] [--rounds <n>] [--only <scenario>]…
  --quick     a minute for each start instead of some six
  --starts    how often every relay is started anew (default 3)
  --rounds    how often everything is measured for each start (default 3)
  --only      one of ${SCENARIOS.join(", ")}; may be repeated`;

/** @throws with words for the person at the terminal */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      starts: { type: "string", default: "3" },
      rounds: { type: "string", default: "3" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const starts = countOf("--starts", values.starts);
  const rounds = countOf("--rounds", values.rounds);
  const only = SCENARIOS.filter((name) => values.only.includes(name));
  if (only.length !== new Set(values.only).size) throw new Error("There is no such scenario.");
  const scenarios = only.length > 0 ? only : SCENARIOS;
  return { starts, rounds, only: scenarios, ...(values.quick ? QUICK : FULL) };
}

function countOf(flag: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new Error(`${flag} takes a whole number.`);
  return count;
}
