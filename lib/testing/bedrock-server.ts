import { Transform } from "node:stream";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { type BackendCall, type BackendReply, startBackend } from "./backend";
import { isSigned } from "./sigv4";
import { FAKE_ANTHROPIC_KEY } from "./upstream/keys";

const API_KEY = "ABSKfakeBedrockApiKeyForTestsOnly";
const ACCESS_KEY = { id: "AKIAFAKEFORTESTSONLY", secret: "fake/secret+access=key/for/tests/only" };
const REGION = "eu-west-1";
const PROFILES: Readonly<Record<string, string>> = {
  "global.anthropic.claude-opus-4-5-20251101-v1:0": "claude-opus-4-5",
  "global.anthropic.claude-haiku-4-5-20251001-v1:0": "claude-haiku-4-5",
};
const CALL = /^\/model\/([^/]+)\/(invoke|invoke-with-response-stream)$/;

const text = new TextDecoder();
const codec = new EventStreamCodec(
  (bytes) => text.decode(bytes),
  (chars) => new TextEncoder().encode(chars),
);

/**
 * Bedrock's runtime on loopback: an API key of its own or a signature that holds, profiles instead of models,
 * answers in AWS' framing; what is asked is handed to a fake of Anthropic.
 */
export async function startBedrockServer(behind: { port: number }) {
  const betas: string[][] = [];
  const backend = await startBackend(behind, (call) => serve(call, betas));
  return {
    ...backend,
    apiKey: API_KEY,
    accessKey: ACCESS_KEY,
    region: REGION,
    /** What calls asked for by `anthropic_beta`, in order. */
    betas,
  };
}

function serve(call: BackendCall, betas: string[][]): BackendReply {
  const refuse = (status: number, kind: string, message: string) => ({
    status,
    answer: { message },
    headers: { "x-amzn-errortype": kind },
  });
  if (!isAdmitted(call)) {
    return refuse(403, "AccessDeniedException", "The request signature does not match.");
  }
  const [, id, verb] = CALL.exec(call.url.pathname) ?? [];
  const model = PROFILES[decodeURIComponent(id ?? "")];
  if (!model) {
    return refuse(400, "ValidationException", "The provided model identifier is invalid.");
  }
  const { anthropic_version, anthropic_beta, ...body } = JSON.parse(call.body.toString("utf8"));
  if (anthropic_version !== "bedrock-2023-05-31" || "model" in body || "stream" in body) {
    return refuse(
      400,
      "ValidationException",
      "Malformed input request, please reformat your input.",
    );
  }
  betas.push(anthropic_beta ?? []);
  const stream = verb !== "invoke";
  return {
    path: "/v1/messages",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: Buffer.from(JSON.stringify({ ...body, model, stream })),
    ...(stream && { through: { type: "application/vnd.amazon.eventstream", change: framed() } }),
  };
}

function isAdmitted(call: BackendCall): boolean {
  if (call.headers.authorization === `Bearer ${API_KEY}`) return true;
  return isSigned(call, ACCESS_KEY, REGION, "bedrock", Date.now());
}

/** Server-sent events as AWS frames them; a ping is not sent there. */
function framed(): Transform {
  let held = "";
  return new Transform({
    transform(chunk, _, done) {
      const events = (held + String(chunk)).split("\n\n");
      held = events.pop() ?? "";
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data && JSON.parse(data).type !== "ping") this.push(frameOf(data));
      }
      done();
    },
  });
}

function frameOf(data: string): Uint8Array {
  const { type, error } = JSON.parse(data);
  const named = (name: string, value: string) => ({ [name]: { type: "string" as const, value } });
  const body = (content: object) => new TextEncoder().encode(JSON.stringify(content));
  if (type === "error") {
    const headers = {
      ...named(":message-type", "exception"),
      ...named(":exception-type", EXCEPTIONS[error.type] ?? "internalServerException"),
    };
    return codec.encode({ headers, body: body({ message: error.message }) });
  }
  const headers = { ...named(":message-type", "event"), ...named(":event-type", "chunk") };
  return codec.encode({ headers, body: body({ bytes: btoa(latin1(data)), p: "abcd" }) });
}

const EXCEPTIONS: Readonly<Record<string, string>> = {
  rate_limit_error: "throttlingException",
  overloaded_error: "serviceUnavailableException",
};

function latin1(chars: string): string {
  return Buffer.from(chars, "utf8").toString("latin1");
}
