import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../shared/clock";
import { playAdmin } from "./admin";
import { type Book, createBook } from "./book";
import { playExchange, type UpstreamState } from "./exchange";
import { createFaults, type Faults } from "./faults";
import {
  FAKE_ANTHROPIC_KEY,
  FAKE_CODE_ASSIST_TOKEN,
  FAKE_GEMINI_KEY,
  FAKE_OPENAI_KEY,
} from "./keys";
import { createPrefixCache } from "./prefix-cache";
import { createRequestLog, type RequestLog } from "./request-log";

export interface FakeUpstreamOptions {
  /** Default: any free port. */
  port?: number;
  /** Accepted keys instead of the `FAKE_…` ones. */
  anthropicKeys?: readonly string[];
  geminiKeys?: readonly string[];
  openaiKeys?: readonly string[];
  codeAssistTokens?: readonly string[];
  /** Models besides the built-in ones. */
  models?: readonly string[];
  /** Prefixes shorter than this are not cached. Default 1024, as at the providers. */
  cacheMinimumTokens?: number;
  /** Signs thoughts; two fakes with the same secret continue each other's conversations. */
  signingSecret?: string;
  /** Takes signatures that it did not make, for replaying recorded conversations. Default false. */
  foreignSignatures?: boolean;
  /** Seed of the faults' probabilities. */
  seed?: number;
}

export interface FakeUpstream {
  /** Base address without a slash at the end. */
  url: string;
  port: number;
  book: Book;
  faults: Faults;
  requests: RequestLog;
  /** Stops listening and drops every connection; after `forMs` it listens again on the same port. */
  refuseConnections(forMs: number): void;
  /** Drops every connection and frees the port. */
  close(): Promise<void>;
}

/** Enough for a thousand clients that connect in the same moment. */
const BACKLOG = 4096;

/**
 * Starts a loopback server that speaks the protocols of Anthropic, Google and OpenAI as the providers
 * do: same events, same refusals, deterministic texts and token counts, and faults on demand.
 */
export async function startFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const state = newState(options);
  const server = createServer();
  // Idle connections of a client's pool must not be closed under its hands.
  server.keepAliveTimeout = 75_000;
  server.requestTimeout = 0;
  let reopening: NodeJS.Timeout | null = null;

  const refuseConnections = (forMs: number) => {
    const { port } = server.address() as AddressInfo;
    server.close();
    server.closeAllConnections();
    reopening = setTimeout(() => server.listen(port, "127.0.0.1", BACKLOG), forMs);
  };
  server.on("request", (request, response) => {
    const own = request.url?.startsWith("/__") === true;
    const played = own
      ? playAdmin(request, response, state, { refuseConnections })
      : playExchange(request, response, state);
    // A bug of the fake must not look like a fault that was asked for.
    played.catch((error: unknown) => {
      process.stderr.write(`fake upstream: ${String(error)}\n`);
      response.destroy();
    });
  });

  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    book: state.book,
    faults: state.faults,
    requests: state.requests,
    refuseConnections,
    close: () => {
      if (reopening !== null) clearTimeout(reopening);
      return closeServer(server);
    },
  };
}

function newState(options: FakeUpstreamOptions): UpstreamState {
  return {
    book: createBook(),
    faults: createFaults(options.seed),
    requests: createRequestLog(),
    keys: {
      anthropic: new Set(options.anthropicKeys ?? [FAKE_ANTHROPIC_KEY]),
      gemini: new Set(options.geminiKeys ?? [FAKE_GEMINI_KEY]),
      openai: new Set(options.openaiKeys ?? [FAKE_OPENAI_KEY]),
      codeAssist: new Set(options.codeAssistTokens ?? [FAKE_CODE_ASSIST_TOKEN]),
    },
    world: {
      cache: createPrefixCache(systemClock, options.cacheMinimumTokens ?? 1024),
      prepared: new Map(),
      responses: new Map(),
      extraModels: new Set(options.models ?? []),
      foreignSignatures: options.foreignSignatures ?? false,
      signingSecret: options.signingSecret ?? "fake-upstream",
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", BACKLOG, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
