import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { tail } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { openLog } from "./log-file.mjs";
import { freePort } from "./ports.mjs";
import { writePrivate } from "./private-file.mjs";
import { isRunning, signal, until } from "./processes.mjs";
import { findRedis } from "./system-packages.mjs";

// A long append-only file is read back before the server answers.
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;
// An address of a socket is at most 104 bytes on macOS and 108 on Linux, its end included.
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * Starts a Redis (or Valkey) of this system on loopback with a password, keeping every write in an
 * append-only file and never dropping keys. One left over from a killed supervisor is taken over.
 * @param {{ dataDir: string, port: number, password: string, logFile: string }} options
 * @returns {Promise<{ pid: number, port: number, note: string }>}
 * @throws {Failure} when there is no such program or it does not start
 */
export async function startRedis({ dataDir, port: preferred, password, logFile }) {
  const running = preferred ? await redisPid(preferred, password) : null;
  if (running)
    return { pid: running, port: preferred, note: `already running on port ${preferred}` };
  const program = findRedis();
  if (!program)
    throw new Failure("Redis is not installed.", "Install redis-server, then start again.");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = await freePort(preferred);
  const config = join(dataDir, "redis.conf");
  writePrivate(config, configText({ dataDir, port, password }));
  const log = openLog(logFile);
  const child = spawn(program, [config], {
    cwd: dataDir,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  closeSync(log.fd);
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  child.unref();
  const ready = async () => ended || (await redisPid(port, password)) === child.pid;
  await until(ready, START_TIMEOUT_MS, 25);
  if (ended) throw new Failure("Redis did not start.", "", { detail: tail(log.since(), 20) });
  return { pid: child.pid, port, note: `port ${port}` };
}

/** @see https://redis.io/docs/latest/operate/oss_and_stack/management/config/ */
export function configText({ dataDir, port, password }) {
  const socket = socketOf(dataDir);
  return [
    "bind 127.0.0.1",
    `port ${port}`,
    ...(socket ? [`unixsocket ${JSON.stringify(socket)}`, "unixsocketperm 700"] : []),
    `requirepass ${password}`,
    `dir ${JSON.stringify(dataDir)}`,
    "daemonize no",
    "appendonly yes",
    "appendfsync everysec",
    'save ""',
    "maxmemory-policy noeviction",
    "",
  ].join("\n");
}

/**
 * The address of this server. It names the server's Unix socket as well, whose round trips cost less than
 * those of the port; a client that does not know the parameter takes the port.
 */
export function redisUrl({ dataDir, port, password }) {
  const address = `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const socket = socketOf(dataDir);
  // A server that was taken over may have been started without one.
  return socket && existsSync(socket) ? `${address}?path=${encodeURIComponent(socket)}` : address;
}

/** The server's socket in its folder; null where the path is too long for one. */
function socketOf(dataDir) {
  const socket = resolve(dataDir, "redis.sock");
  return Buffer.byteLength(socket) > MAX_SOCKET_PATH_BYTES ? null : socket;
}

/** Stops a server in good order: what it holds is written first. */
export async function stopRedis(pid) {
  signal(pid, "SIGTERM");
  if (await until(() => !isRunning(pid), STOP_TIMEOUT_MS)) return;
  signal(pid, "SIGKILL");
  await until(() => !isRunning(pid), 5_000);
}

/**
 * The pid of the Redis that answers there and knows our password, or null.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
export function redisPid(port, password) {
  return new Promise((found) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let text = "";
    const finish = (pid) => {
      socket.destroy();
      found(pid);
    };
    socket.setTimeout(2_000, () => finish(null));
    socket.once("error", () => finish(null));
    socket.once("close", () => finish(null));
    socket.once("connect", () => socket.write(`AUTH ${password}\r\nPING\r\nINFO server\r\n`));
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      const pid = /\+PONG\r\n[\s\S]*process_id:(\d+)\r\n/.exec(text);
      if (pid) finish(Number(pid[1]));
      else if (/^-/m.test(text)) finish(null);
    });
  });
}
