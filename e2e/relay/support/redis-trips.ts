import type { SeenCommand } from "./monitor";

/**
 * Beats, check-points and renewals of the process carry all its requests at once and count for none of
 * them. They are known by their keys: a beat's first is the beats, a check-point has two, settling, which
 * ends one as well, has more. A renewal is told from giving a lease back by its time, which comes first.
 */
function isBatch({ args }: SeenCommand): boolean {
  const [, keyCount, firstKey = "", secondKey = "", , firstArg = ""] = args;
  if (firstKey.endsWith(":beats")) return true;
  if (keyCount === "2") return secondKey.endsWith(":checkpoints");
  return keyCount === "1" && firstKey.includes(":lease:") && /^\d+$/.test(firstArg);
}

/** The commands that name a request, in groups that lie at least `apartMs` apart. */
export function tripsOf(
  requestId: string,
  seen: readonly SeenCommand[],
  apartMs: number,
): SeenCommand[][] {
  const own = seen.filter(
    (one) => !isBatch(one) && one.args.some((arg) => arg.includes(requestId)),
  );
  const trips: SeenCommand[][] = [];
  for (const command of own) {
    const last = trips.at(-1)?.at(-1);
    if (last && command.atMs - last.atMs < apartMs) trips.at(-1)?.push(command);
    else trips.push([command]);
  }
  return trips;
}
