import path from "node:path";
import type { FaultOrder } from "../../../lib/testing/upstream/admin";
import type { BookEntry } from "../../../lib/testing/upstream/book";
import { startProgram } from "../../relay/support/program";
import { until } from "./until";

const MAIN = path.resolve(import.meta.dirname, "../../../lib/testing/upstream/main.ts");
const START_MS = 30_000;

/** The fake upstream as a process of its own: its book survives whatever happens to the portal. */
export interface SpawnedUpstream {
  url: string;
  /** `host:port`. */
  host: string;
  book(): Promise<BookEntry[]>;
  order(faults: FaultOrder): Promise<void>;
  /** Forgets the book. */
  clearBook(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on a free port of loopback; flags are those of `lib/testing/upstream/main.ts`. */
export async function spawnUpstream(flags: readonly string[] = []): Promise<SpawnedUpstream> {
  const program = startProgram(["--import", "tsx", MAIN, ...flags], {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production",
  });
  const address = () => /\{"url":"([^"]+)"\}/.exec(program.output())?.[1];
  await until(
    () => address() !== undefined || !program.running(),
    START_MS,
    () => `the fake upstream did not start: ${program.output()}`,
  );
  const url = address();
  if (url === undefined) throw new Error(`The fake upstream ended: ${program.output()}`);
  const ask = async (method: string, name: string, body?: unknown): Promise<unknown> => {
    const init = { method, body: body === undefined ? undefined : JSON.stringify(body) };
    return (await fetch(`${url}/__${name}`, init)).json();
  };
  return {
    url,
    host: new URL(url).host,
    // Its own type, written and read by the same project.
    book: async () => ((await ask("GET", "book")) as { entries: BookEntry[] }).entries,
    order: async (faults) => void (await ask("POST", "faults", faults)),
    clearBook: async () => void (await ask("DELETE", "book")),
    stop: async () => void (await program.end()),
  };
}
