import { Refusal, type UpstreamCall } from "../call";
import { isObject, type Json, objectOf, textOf } from "../json";
import { type Reply, wholeReply } from "../reply";
import { bearerOf, type Speech } from "../speech";
import type { Handlers, UpstreamWorld } from "../world";
import { geminiFailure, geminiHeaders } from "./failure";
import { countContent, generateContent, inArrayForm } from "./handle";
import { googleStatus } from "./speech";
import { eventJson, prettyJson } from "./wire-json";

const PROJECT = "fake-code-assist-project";
const ENVELOPES: Readonly<Partial<Record<UpstreamCall["action"], readonly string[]>>> = {
  generate: ["model", "project", "user_prompt_id", "request", "enabled_credit_types"],
  stream: ["model", "project", "user_prompt_id", "request", "enabled_credit_types"],
  count: ["request"],
  "load-code-assist": ["cloudaicompanionProject", "metadata", "mode"],
  "onboard-user": ["tierId", "cloudaicompanionProject", "metadata"],
};
const TIER = {
  id: "standard-tier",
  name: "Gemini Code Assist",
  description: "Unlimited coding assistant with the most powerful Gemini models",
  userDefinedCloudaicompanionProject: false,
  isDefault: true,
};

/** Gemini as Code Assist serves it: requests and answers in an envelope, OAuth tokens for keys. */
export const codeAssistSpeech: Speech = {
  idPrefix: "",
  keyring: "codeAssist",
  streamsByBody: false,
  keyOf: bearerOf,
  refuseKey: (call) => geminiFailure({ status: 401 }, inArrayForm(call)),
  refusePath: () => geminiFailure({ status: 404 }, false),
  failWith: (fault, call) => googleStatus(fault, call, { status: fault.status }),
  handle: handleCodeAssist,
};

function handleCodeAssist(call: UpstreamCall, world: UpstreamWorld): Reply {
  try {
    checkEnvelope(call);
    return HANDLERS[call.action]?.(call, world) ?? geminiFailure({ status: 404 }, false);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message, kind, details } = error;
    return geminiFailure({ status, message, kind, details }, inArrayForm(call));
  }
}

const HANDLERS: Handlers = {
  generate: generate,
  stream: generate,
  count: (call, world) => {
    const { model, ...request } = objectOf(call.body.request);
    const name = textOf(model).replace(/^models\//, "");
    return countContent({ ...call, model: name, body: request }, world);
  },
  "load-code-assist": () =>
    json({
      currentTier: TIER,
      allowedTiers: [TIER],
      cloudaicompanionProject: PROJECT,
      gcpManaged: false,
    }),
  "onboard-user": () =>
    json({
      name: "operations/fake-onboarding",
      done: true,
      response: {
        "@type": "type.googleapis.com/google.internal.cloud.code.v1internal.OnboardUserResponse",
        cloudaicompanionProject: { id: PROJECT, name: PROJECT },
      },
    }),
};

/** The inner request is one of the Gemini API, but for the session that it names. */
function generate(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { session_id: _, sessionId: __, ...request } = objectOf(call.body.request);
  const reply = generateContent({ ...call, body: request }, world);
  return {
    ...reply,
    events: reply.events.map((event) => ({ ...event, text: enveloped(event.text) })),
  };
}

/** Wraps one answer, or one event of a stream, whose JSON is found by its braces. */
function enveloped(text: string): string {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}") + 1;
  const response: Json = JSON.parse(text.slice(from, to));
  const write = text.startsWith("data: ") ? eventJson : prettyJson;
  const whole = write({ response, traceId: textOf(response.responseId) });
  return text.slice(0, from) + whole + text.slice(to);
}

function checkEnvelope({ action, badJson, body }: UpstreamCall): void {
  if (badJson) throw new Refusal(400, "Invalid JSON payload received. Unexpected token.");
  const known = ENVELOPES[action] ?? [];
  const extra = Object.keys(body).find((name) => !known.includes(name));
  if (extra !== undefined) {
    throw new Refusal(
      400,
      `Invalid JSON payload received. Unknown name "${extra}": Cannot find field.`,
    );
  }
  if (known.includes("request") && !isObject(body.request)) {
    throw new Refusal(400, "Request contains an invalid argument.");
  }
}

function json(body: unknown): Reply {
  return wholeReply(200, geminiHeaders(), `${prettyJson(body)}\n`);
}
