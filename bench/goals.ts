import type { Figures } from "./figures";
import type { HotPathCounts } from "./hot-path-counts";
import type { ScenarioName } from "./options";

/** What was aimed at, what came out. `met` is null for what could not be measured here. */
export interface Goal {
  name: string;
  value: string;
  met: boolean | null;
}

/** The speed that the portal's fast lane is meant to have, and has or has not in this run. */
export function goalsOf(figures: Figures, counts: HotPathCounts): Goal[] {
  return [
    ratioGoal(figures, "burst", "burst of 61 events: CPU ≤ 1.6 × bare", 1.6),
    ratioGoal(figures, "json", "small JSON: CPU ≤ 1.6 × bare", 1.6),
    gatewayGoal(figures),
    ratioGoal(figures, "paced", "paced streams: CPU per event ≤ 1.1 × bare", 1.1),
    firstByteGoal(figures),
    slowestFirstByteGoal(figures),
    ratioGoal(figures, "body8m", "8 MB body: CPU ≤ 1.6 × bare", 1.6),
    translatedGoal(figures),
    {
      name: "Redis: ≤ 1 round trip waited for, ≤ 4 commands a request",
      value: `${counts.redisWaited} waited for of ${counts.redisTrips}, ${counts.redisCommands} commands`,
      met: counts.redisWaited <= 1 && counts.redisCommands <= 4,
    },
    {
      name: "Postgres: no query on the hot path",
      value: `${counts.postgresBytes} bytes sent`,
      met: counts.postgresBytes === 0,
    },
  ];
}

function ratioGoal(
  figures: Figures,
  scenario: "burst" | "json" | "paced" | "body8m",
  name: string,
  limit: number,
): Goal {
  const ratio = figures.ratio(scenario, "portal");
  if (ratio === null) return unknown(name);
  const value = `${ratio.toFixed(2)} ×${besideLeaner(figures, scenario)}`;
  return { name, value, met: ratio <= limit };
}

/**
 * The same beside the least that a relay can be, and the least that one with strict limits can be:
 * what Redis takes from any relay, and what the portal itself adds.
 */
function besideLeaner(figures: Figures, scenario: ScenarioName): string {
  const besides = (["dispatch", "strict"] as const).flatMap((name) => {
    const ratio = figures.ratio(scenario, "portal", name);
    return ratio === null ? [] : [`${ratio.toFixed(2)} × ${name}`];
  });
  return besides.length === 0 ? "" : ` (${besides.join(", ")})`;
}

function gatewayGoal(figures: Figures): Goal {
  const name = "small JSON: CPU ≤ 1/12 of @portkey-ai/gateway";
  const ratio = figures.ratio("json", "portal", "portkey");
  if (ratio === null) return unknown(name);
  return { name, value: `1/${(1 / ratio).toFixed(1)}`, met: ratio <= 1 / 12 };
}

function translatedGoal(figures: Figures): Goal {
  const name = "translated stream (Claude client on Gemini): CPU ≤ 3 × the passed one";
  const ratio = figures.ratio("burst", "portal to Gemini", "portal");
  if (ratio === null) return unknown(name);
  const paced = figures.ratio("paced", "portal to Gemini", "portal");
  const beside = paced === null ? "" : ` (paced ${paced.toFixed(2)} ×)`;
  return { name, value: `${ratio.toFixed(2)} ×${beside}`, met: ratio <= 3 };
}

function firstByteGoal({ added }: Figures): Goal {
  const name = "added time to first byte, p50: ≤ 2 × bare's";
  const portal = added("portal", (sample) => sample.firstByteP50Ms);
  const bare = added("bare", (sample) => sample.firstByteP50Ms);
  if (!portal || !bare) return unknown(name);
  const value = `${portal.median.toFixed(2)} ms, bare ${bare.median.toFixed(2)} ms`;
  return { name, value, met: portal.median <= 2 * bare.median };
}

function slowestFirstByteGoal({ added }: Figures): Goal {
  const name = "added time to first byte, p99: ≤ 5 ms";
  const portal = added("portal", (sample) => sample.firstByteP99Ms);
  if (!portal) return unknown(name);
  return { name, value: `${portal.median.toFixed(2)} ms`, met: portal.median <= 5 };
}

const unknown = (name: string): Goal => ({ name, value: "not measured", met: null });
