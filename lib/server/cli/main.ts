import { AppError } from "../../shared/errors";
import { makeContainer } from "../container";
import { EnvError, readEnv } from "../env";
import { type Call, readCommandLine, UsageError } from "./command-line";

/**
 * The admin's command line: JSON on standard output, words on standard error, exit 1 on failure. It
 * goes through the same use cases as the pages, as the actor "cli".
 */
async function main(): Promise<void> {
  try {
    console.log(JSON.stringify(await run(readCommandLine(process.argv.slice(2))), null, 2));
  } catch (thrown) {
    console.error(sentenceOf(thrown));
    process.exitCode = 1;
  }
}

async function run({ verb, given }: Call): Promise<unknown> {
  // Log lines would stand between the JSON.
  const container = makeContainer({ ...readEnv(), logLevel: "silent" });
  try {
    const ctx = container.context({ kind: "cli" });
    const { databaseUrl } = container.env;
    const say = (line: string) => console.error(line);
    return await verb.run({ ctx, databaseUrl, start: container.start, say }, given);
  } finally {
    await container.stop();
  }
}

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof UsageError || thrown instanceof EnvError) return thrown.message;
  if (!(thrown instanceof AppError)) return `It did not work: ${String(thrown)}`;
  const fields = Object.entries(thrown.detail.fields ?? {});
  return [thrown.message, ...fields.map(([name, sentence]) => `  ${name}: ${sentence}`)].join("\n");
}

await main();
