import type { SeenCommand } from "./monitor";

/** Scripts that carry all requests of a process at once, and count for none of them. */
const BATCHED = new Set(["rpBeat", "rpCheckpoint", "rpRenewAccount"]);

/** Does a command ask something for this request? A command of scripts holds several calls. */
function isFor(requestId: string, { name, args }: SeenCommand): boolean {
  const tells = (arg: string) => arg.includes(requestId);
  if (!name.startsWith("EVAL")) return args.some(tells);
  // Program, number of keys, key; then, of each call, its script's name, its JSON and its text, in lines.
  const lines = args[3]?.split("\n") ?? [];
  for (let i = 0; i + 2 < lines.length; i += 3) {
    const [script = "", json = "", text = ""] = lines.slice(i, i + 3);
    if (!BATCHED.has(script) && (tells(json) || tells(text))) return true;
  }
  return false;
}

/** The commands that name a request, in groups that lie at least `apartMs` apart. */
export function tripsOf(
  requestId: string,
  seen: readonly SeenCommand[],
  apartMs: number,
): SeenCommand[][] {
  const own = seen.filter((one) => isFor(requestId, one));
  const trips: SeenCommand[][] = [];
  for (const command of own) {
    const last = trips.at(-1)?.at(-1);
    if (last && command.atMs - last.atMs < apartMs) trips.at(-1)?.push(command);
    else trips.push([command]);
  }
  return trips;
}
