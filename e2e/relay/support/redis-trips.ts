import type { SeenCommand } from "./monitor";

/** Beats of the process carry all its requests at once and count for none of them. */
const isBeat = ({ args }: SeenCommand) => args.some((arg) => arg.endsWith(":beats"));

/** The commands that name a request, in groups that lie at least `apartMs` apart. */
export function tripsOf(
  requestId: string,
  seen: readonly SeenCommand[],
  apartMs: number,
): SeenCommand[][] {
  const own = seen.filter((one) => !isBeat(one) && one.args.some((arg) => arg.includes(requestId)));
  const trips: SeenCommand[][] = [];
  for (const command of own) {
    const last = trips.at(-1)?.at(-1);
    if (last && command.atMs - last.atMs < apartMs) trips.at(-1)?.push(command);
    else trips.push([command]);
  }
  return trips;
}
