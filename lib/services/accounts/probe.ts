import type { TestLine } from "../../contracts/accounts";
import type { CallFacts, ModelMap, ProtocolId } from "../../relay/model";
import type { Provider, SendFacts } from "../../relay/providers/provider";
import type { UpstreamExchange, UpstreamRequest } from "../../relay/upstream-port";
import { toAppError } from "../../shared/errors";
import { isFace } from "../../shared/faces";
import type { Context } from "../context";

const LIMITS = { connectMs: 10_000, firstByteMs: 60_000, idleMs: 60_000, totalMs: 120_000 };
const SHOWN_BYTES = 65_536;
const SHOWN_CHARS = 2_000;

export interface ProbeCall {
  request: UpstreamRequest;
  model: string;
}

/** The provider's test call of an account, for its own choice of model or a given one. */
export async function probeRequest(
  provider: Provider,
  accountId: string,
  settings: unknown,
  secret: unknown,
  map: ModelMap,
  wanted: string | null,
  nowMs: number,
): Promise<ProbeCall> {
  const probe = provider.probe(settings, map);
  const model = wanted ?? probe.model;
  const body = probe.body && withModel(probe.body, model);
  const send: SendFacts = {
    action: "probe",
    model,
    protocol: provider.protocol,
    method: "",
    facts: factsOf(provider.protocol, model, body?.byteLength ?? 0),
    forwarded: {},
    query: new URLSearchParams(),
  };
  const headers = {
    ...(body && { "content-type": "application/json" }),
    accept: "application/json",
    "accept-encoding": "identity",
    ...provider.headers(secret, settings, send),
  };
  const url = provider.address(settings, send, secret);
  const wrapped = body && (provider.wire(settings, secret)?.body(body, send) ?? body);
  const signed =
    wrapped &&
    (await provider.sign?.(secret, settings, {
      method: "POST",
      url,
      headers,
      body: wrapped,
      nowMs,
    }));
  Object.assign(headers, signed);
  return {
    model,
    request: {
      accountId,
      url,
      method: body ? "POST" : "GET",
      headers,
      body: wrapped,
      limits: LIMITS,
    },
  };
}

/** Sends the call and tells its story; `secrets` are blanked wherever the upstream repeats them. */
export async function* runProbe(
  ctx: Context,
  provider: Provider,
  { request, model }: ProbeCall,
  secrets: readonly string[],
): AsyncGenerator<TestLine> {
  const startedMs = ctx.clock.monotonicMs();
  const queue = lineQueue();
  const atMs = () => Math.round(ctx.clock.monotonicMs() - startedMs);
  const exchange = dispatch(ctx, provider, { request, model }, secrets, queue.put, atMs);
  try {
    yield { kind: "started", atMs: atMs(), model, url: request.url.toString() };
    for (let ended = false; !ended; ) {
      const line = await queue.take();
      ended = line.kind === "done" || line.kind === "failed";
      yield line;
    }
  } finally {
    exchange.abort();
  }
}

function dispatch(
  ctx: Context,
  provider: Provider,
  { request, model }: ProbeCall,
  secrets: readonly string[],
  put: (line: TestLine) => void,
  atMs: () => number,
): UpstreamExchange {
  const decoder = new TextDecoder();
  let status = 0;
  let headers: Readonly<Record<string, string>> = {};
  let text = "";
  const shown = () => blank(text, secrets).slice(0, SHOWN_CHARS);
  return ctx.outbound.dispatch(request, {
    onHead(given, givenHeaders) {
      status = given;
      headers = givenHeaders;
      put({ kind: "head", atMs: atMs(), status });
    },
    onData(chunk) {
      if (text.length < SHOWN_BYTES) text += decoder.decode(chunk, { stream: true });
      return true;
    },
    onEnd() {
      if (text) put({ kind: "text", atMs: atMs(), text: shown() });
      if (status < 300) return put({ kind: "done", atMs: atMs(), status });
      const error = provider.diagnose({ status, headers, body: text, model });
      const message = blank(error.message, secrets);
      put({ kind: "failed", atMs: atMs(), status, code: error.code, message });
    },
    onError(thrown) {
      const { code, message } = toAppError(thrown);
      put({ kind: "failed", atMs: atMs(), status: status || null, code, message });
    },
  });
}

/** Hands lines from callbacks to an iteration, in order. */
function lineQueue() {
  const lines: TestLine[] = [];
  let wake = () => {};
  return {
    put(line: TestLine) {
      lines.push(line);
      wake();
    },
    async take(): Promise<TestLine> {
      for (;;) {
        const line = lines.shift();
        if (line) return line;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function withModel(body: Uint8Array, model: string): Uint8Array {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
  // Where the model travels in the path the body does not name it.
  if (typeof parsed !== "object" || parsed === null || !("model" in parsed)) return body;
  return new TextEncoder().encode(JSON.stringify({ ...parsed, model }));
}

function factsOf(protocol: ProtocolId, model: string, bodyBytes: number): CallFacts {
  return {
    // Nobody asked through a face; a format that is none of its own counts as Chat.
    face: isFace(protocol) ? protocol : "openai-chat",
    protocol,
    action: "probe",
    model,
    stream: null,
    session: null,
    maxOutputTokens: null,
    bodyBytes,
    modelSpan: null,
  };
}

function blank(text: string, secrets: readonly string[]): string {
  return secrets.reduce((all, secret) => all.replaceAll(secret, "•••"), text);
}
