import { Redis } from "ioredis";

/** One command as Redis received it from a client; what a script does inside is not among them. */
export interface SeenCommand {
  /** Upper case. */
  name: string;
  /** Server's time of receipt, in ms. */
  atMs: number;
  args: readonly string[];
}

/** Watches every command that a Redis server receives. */
export async function watchRedis(url: string) {
  const watched = new Redis(url);
  const monitor = await watched.monitor();
  const seen: SeenCommand[] = [];
  monitor.on("monitor", (time: string, [name = "", ...args]: string[], source: string) => {
    if (source === "lua") return;
    seen.push({ name: name.toUpperCase(), atMs: Number(time) * 1_000, args });
  });
  return {
    seen: (): readonly SeenCommand[] => seen,
    stop() {
      monitor.disconnect();
      watched.disconnect();
    },
  };
}
