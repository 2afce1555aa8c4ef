import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import next from "next";
import { clientIp, markFrontDoor } from "./lib/server/client-ip";
import { type Container, getContainer } from "./lib/server/container";
import { tuneEngine } from "./lib/server/engine";
import { EnvError } from "./lib/server/env";
import { frontDoor, type Handle } from "./lib/server/front-door";
import { handleNodeRequest } from "./lib/server/relay/node-adapter";
import { type DrainPlan, gracefulEnd } from "./lib/server/shutdown";
import { serveStatus } from "./lib/server/status";

/** This file runs from the project's root, and bundled from `dist/`. */
const ROOT = import.meta.dirname.endsWith(`${path.sep}dist`)
  ? path.dirname(import.meta.dirname)
  : import.meta.dirname;

const HTTP_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  // Longer than proxies in front keep theirs, so that they and not we close an idle connection.
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
};

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}

async function main(): Promise<void> {
  tuneEngine();
  const container = getContainer();
  const { env, log } = container;
  markFrontDoor();
  const server = createServer(HTTP_LIMITS);
  const pages = pagesBy(container);
  const serve = frontDoor({
    publicUrl: env.publicUrl,
    trustedHops: env.trustedProxyHops,
    dev: env.mode === "development",
    relay: env.relayDoor === "fast" ? fastLane(container) : null,
    own: serveStatus,
    rest: (req, res) => pages.handle(req, res),
  });
  const counted = (req: IncomingMessage, res: ServerResponse, waits: boolean) => {
    container.requests.opened();
    res.once("close", () => container.requests.closed());
    serve(req, res, waits);
  };
  server.on("request", (req, res) => counted(req, res, false));
  server.on("checkContinue", (req, res) => counted(req, res, true));
  endOnSignals(container, gracefulEnd(drainPlan(container, server, pages)));

  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(env.port, env.host, done);
  });
  log("info", { event: "server.listening", address: server.address(), door: env.relayDoor });
  await Promise.all([container.start(), pages.prepare()]);
  log("info", { event: "server.ready" });
}

function fastLane(container: Container) {
  const { env, log, relay } = container;
  const door = {
    play: relay.play,
    ipOf: (req: IncomingMessage) => clientIp(req, env.trustedProxyHops),
    onBug: (err: unknown) => log("error", { event: "relay.bug", err }),
  };
  return (req: IncomingMessage, res: ServerResponse, waitsForContinue: boolean) => {
    if (container.started()) handleNodeRequest(door, req, res, waitsForContinue);
    else answerStarting(res);
  };
}

interface Pages {
  prepare(): Promise<void>;
  handle: Handle;
  close(): Promise<void>;
}

/** Everything that is not the relay: Next, or nothing where only the relay is served. */
function pagesBy({ env, log }: Container): Pages {
  if (env.relayOnly) {
    const handle: Handle = (_, res) => res.writeHead(404).end();
    return { prepare: async () => {}, handle, close: async () => {} };
  }
  const app = next({
    dev: env.mode === "development",
    dir: ROOT,
    hostname: env.host,
    port: env.port,
  });
  let answer: ReturnType<typeof app.getRequestHandler> | null = null;
  return {
    async prepare() {
      await app.prepare();
      answer = app.getRequestHandler();
    },
    handle(req, res) {
      if (!answer) {
        answerStarting(res);
        return;
      }
      answer(req, res).catch((err: unknown) => {
        log("error", { event: "pages.bug", err });
        res.destroy();
      });
    },
    close: () => app.close(),
  };
}

function answerStarting(res: ServerResponse): void {
  res.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" });
  res.end("The portal is starting.\n");
}

function drainPlan(container: Container, server: Server, pages: Pages): DrainPlan {
  const { env, log, health, requests } = container;
  return {
    server,
    log,
    onBegin: () => health.drain(),
    openRequests: requests.open,
    // The development server holds a socket open for reloading pages.
    drainMs: env.mode === "development" ? 500 : env.drainMs,
    async stop() {
      await pages.close();
      await container.stop();
    },
  };
}

function endOnSignals({ log }: Container, end: () => Promise<void>): void {
  const endWith = (code: number) => {
    end().then(
      () => process.exit(code),
      (err: unknown) => {
        log("error", { event: "server.end-failed", err });
        log.flush();
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => endWith(0));
  process.on("SIGINT", () => endWith(0));
  // A bug in one request must not end the others: they may finish, and a fresh process takes over.
  process.on("uncaughtException", (err) => {
    log("error", { event: "process.uncaught", err });
    endWith(1);
  });
  process.on("unhandledRejection", (err) => log("error", { event: "process.unhandled", err }));
}
