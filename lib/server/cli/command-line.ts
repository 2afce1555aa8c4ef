import { parseArgs } from "node:util";
import { AppError } from "../../shared/errors";
import { ACCOUNT_VERBS } from "./account-verbs";
import { HOUSE_VERBS } from "./house-verbs";
import { IMPORT_VERBS } from "./import-verbs";
import { KEY_VERBS } from "./key-verbs";
import { USAGE_VERBS } from "./usage-verbs";
import { USER_VERBS } from "./user-verbs";
import type { Given, Verb } from "./verb";

/** Everything that the command line can do. */
export const VERBS: readonly Verb[] = [
  ...HOUSE_VERBS,
  ...USER_VERBS,
  ...KEY_VERBS,
  ...ACCOUNT_VERBS,
  ...USAGE_VERBS,
  ...IMPORT_VERBS,
];

/** What was asked for cannot be understood; the message is the help to show. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface Call {
  verb: Verb;
  given: Given;
}

/** The verb and values of a command line. Throws UsageError for anything that is not in the table. */
export function readCommandLine(args: readonly string[]): Call {
  const verb = VERBS.find(({ words }) => startsWith(args, words.split(" ")));
  if (!verb) throw new UsageError(overview(args));
  const rest = args.slice(verb.words.split(" ").length);
  const { values, positionals } = parse(verb, rest);
  const wanted = verb.argument ? 1 : 0;
  if (positionals.length !== wanted) {
    throw new UsageError(helpOf(verb, verb.argument ? `${verb.argument} is missing` : "too much"));
  }
  const missing = Object.keys(verb.flags).find(
    (name) => verb.flags[name]?.required && values[name] === undefined,
  );
  if (missing) throw new UsageError(helpOf(verb, `--${missing} is missing`));
  return { verb, given: givenOf(values, positionals[0] ?? "") };
}

function parse(verb: Verb, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.keys(verb.flags).map((name) => [name, { type: "string", multiple: true } as const]),
  );
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    refuseRepeated(verb, read.values);
    return read;
  } catch (cause) {
    throw new UsageError(helpOf(verb, cause instanceof Error ? cause.message : ""), { cause });
  }
}

function refuseRepeated(verb: Verb, values: Readonly<Record<string, string[] | undefined>>) {
  for (const [name, given] of Object.entries(values)) {
    if ((given?.length ?? 0) > 1 && !verb.flags[name]?.multiple) {
      throw new TypeError(`--${name} was given more than once`);
    }
  }
}

function givenOf(values: Readonly<Record<string, string[] | undefined>>, argument: string): Given {
  const one = (flag: string) => values[flag]?.[0];
  return {
    argument,
    one,
    all: (flag) => values[flag] ?? [],
    demand(flag) {
      const value = one(flag);
      if (value === undefined) throw new AppError("invalid_request", `--${flag} is missing.`);
      return value;
    },
  };
}

function startsWith(args: readonly string[], words: readonly string[]): boolean {
  return words.every((word, i) => args[i] === word);
}

function overview(args: readonly string[]): string {
  const asked = args.length > 0 ? `There is no verb "${args.slice(0, 2).join(" ")}".\n\n` : "";
  const width = Math.max(...VERBS.map(({ words }) => words.length));
  const lines = VERBS.map(({ words, purpose }) => `  ${words.padEnd(width)}  ${purpose}`);
  return `${asked}Usage: npm run portal -- <verb> [flags]\n\n${lines.join("\n")}`;
}

function helpOf(verb: Verb, problem: string): string {
  const flags = Object.entries(verb.flags).map(([name, flag]) => {
    const marks = [flag.required && "needed", flag.multiple && "may be repeated"].filter(Boolean);
    const note = marks.length > 0 ? ` (${marks.join(", ")})` : "";
    return `  --${name} ${flag.value}  ${flag.help}${note}`;
  });
  const argument = verb.argument ? ` <${verb.argument}>` : "";
  const usage = `Usage: npm run portal -- ${verb.words}${argument} [flags]`;
  return [problem, usage, ...flags].filter((line) => line !== "").join("\n");
}
