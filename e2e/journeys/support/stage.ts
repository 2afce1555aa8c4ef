import path from "node:path";
import type { BookEntry } from "../../../lib/testing/upstream/book";
import type { FaultRule } from "../../../lib/testing/upstream/faults";
import { type AdminCommands, adminCommands } from "../../relay/support/admin";
import type { ProgramEnv } from "../../relay/support/program";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const NAME = "JOURNEY_STAGE";

interface HandedOver {
  url: string;
  env: ProgramEnv;
  upstreamUrl: string;
}

/** What the journeys stand on: the running portal, its command line, and its upstream. */
export interface Stage extends AdminCommands {
  url: string;
  upstream: {
    url: string;
    /** What the upstream has written down of every request, oldest first. */
    book(): Promise<readonly BookEntry[]>;
    addFault(rule: FaultRule): Promise<void>;
  };
}

/** Playwright's test processes inherit the environment of the process that runs the set-up. */
export function handOver(stage: HandedOver): void {
  process.env[NAME] = JSON.stringify(stage);
}

/** @throws when the set-up has not run */
export function takeOver(): Stage {
  const text = process.env[NAME];
  if (!text) throw new Error("The journeys run by `npm test -- browser`.");
  const { url, env, upstreamUrl }: HandedOver = JSON.parse(text);
  return {
    ...adminCommands(ROOT, env),
    url,
    upstream: {
      url: upstreamUrl,
      async book() {
        const answer = await fetch(`${upstreamUrl}/__book`);
        const { entries }: { entries: BookEntry[] } = JSON.parse(await answer.text());
        return entries;
      },
      async addFault(rule) {
        const body = JSON.stringify({ rules: [rule] });
        await fetch(`${upstreamUrl}/__faults`, { method: "POST", body });
      },
    },
  };
}
