import { cleanUp } from "./clean-up";
import { figuresOf } from "./figures";
import { goalsOf } from "./goals";
import { countHotPath } from "./hot-path-counts";
import { machineNote, machineTimes } from "./machine";
import { type Options, readOptions, USAGE } from "./options";
import { goalLines, tableOf } from "./report";
import { scenariosOf } from "./scenarios";
import { playStarts } from "./starts";

const options = optionsOrUsage();
if (options) await main(options);

/**
 * Measures the portal, through its fast lane and through Next's handlers, beside the least that a Node
 * relay can be and beside nginx: CPU of each one's process tree, and what it adds to the first byte.
 */
async function main(options: Options): Promise<void> {
  const began = machineTimes();
  const tell = (line: string) => console.error(`· ${line}`);
  const scenarios = scenariosOf(options);
  const ends = cleanUp();
  try {
    tell("counting what a request asks of Redis and Postgres");
    const counts = await countHotPath(ends);
    await ends.now();
    const { samples, present } = await playStarts(options, scenarios, ends, tell);
    for (const name of ["nginx", "portkey"] as const) {
      if (!present.includes(name)) tell(`${name} is not to be had on this machine: left out`);
    }
    const figures = figuresOf(samples);
    console.log(`\n${tableOf(figures, scenarios, present)}`);
    console.log(`\n${goalLines(goalsOf(figures, counts))}`);
    console.log(
      `\n${options.rounds} rounds of each of ${options.starts} starts; ${machineNote(began)}`,
    );
  } finally {
    await ends.now();
  }
}

function optionsOrUsage(): Options | null {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}
