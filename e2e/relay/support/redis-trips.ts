import type { SeenCommand } from "./monitor";

/**
 * Beats and check-points of the process carry all its requests at once and count for none of them. A
 * check-point's script has two keys; settling, which ends one as well, has more.
 */
const isBatch = ({ args }: SeenCommand) =>
  args.some((arg) => arg.endsWith(":beats")) ||
  (args[1] === "2" && args[3]?.endsWith(":checkpoints") === true);

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
