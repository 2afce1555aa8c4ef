import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** One command as Redis received it from a client; what a script does inside is not among them. */
export interface SeenCommand {
  /** Upper case. */
  name: string;
  /** Server's time of receipt, in ms. */
  atMs: number;
  args: readonly string[];
}

/**
 * Watches every command that a Redis server receives. It reads the server's lines itself: ioredis takes
 * one that arrives together with the reply to MONITOR for a reply without a command, and ends.
 * @see https://redis.io/docs/latest/commands/monitor/
 */
export async function watchRedis(url: string) {
  const { hostname, port, password } = new URL(url);
  const socket = connect(Number(port || 6379), hostname);
  if (password) socket.write(`AUTH ${decodeURIComponent(password)}\r\n`);
  socket.write("MONITOR\r\n");
  const seen: SeenCommand[] = [];
  await watching(socket, (line) => {
    const command = readLine(line);
    if (command) seen.push(command);
  });
  return {
    seen: (): readonly SeenCommand[] => seen,
    stop: () => void socket.destroy(),
  };
}

/** Resolves when the server has begun to tell. */
function watching(socket: Socket, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    createInterface({ input: socket }).on("line", (line) => {
      if (line.startsWith("-")) reject(new Error(`Redis does not tell: ${line}`));
      else if (line.startsWith("+OK")) resolve();
      else onLine(line);
    });
  });
}

/** `+1700000000.123456 [0 127.0.0.1:5000] "GET" "key"`, with `lua` in place of a client's address. */
function readLine(line: string): SeenCommand | null {
  const [, seconds, source, quoted] = /^\+([\d.]+) \[\d+ ([^\]]*)\] (.*)$/.exec(line) ?? [];
  if (seconds === undefined || quoted === undefined || source === "lua") return null;
  const [name = "", ...args] = Array.from(quoted.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, arg = ""]) =>
    arg.replace(/\\(["\\n])/g, (_, letter: string) => (letter === "n" ? "\n" : letter)),
  );
  return { name: name.toUpperCase(), atMs: Number(seconds) * 1_000, args };
}
