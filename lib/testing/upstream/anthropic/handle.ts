import type { UpstreamCall } from "../call";
import { Refusal } from "../call";
import { readDirections } from "../directions";
import { textOf } from "../json";
import { countSegments } from "../prefix-cache";
import { type Reply, type StreamEvent, wholeReply } from "../reply";
import { answerFor } from "../script";
import type { Handlers, UpstreamWorld } from "../world";
import { anthropicSegments, readAnthropicTalk } from "./conversation";
import { anthropicErrorEvent, anthropicFailure, anthropicHeaders } from "./failure";
import { messageJson, toMessage, type WireMessage } from "./message";
import { type AnthropicModel, findAnthropicModel, listAnthropicModels } from "./models";
import { keepAnswer, type PreparedAnswer, preparedKey, renewAnswer } from "./prepared";
import { toStreamEvents } from "./stream";
import { checkAnthropicCall, checkHeaders } from "./validate";

/** Answers one call of the Anthropic API whose key was found to be right. Never throws a `Refusal`. */
export function handleAnthropic(call: UpstreamCall, world: UpstreamWorld): Reply {
  try {
    const handle = BY_ACTION[call.action];
    if (handle === undefined) return anthropicFailure(call.id, 404, "Not found");
    return handle(call, world);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return anthropicFailure(call.id, error.status, error.message, error.kind);
  }
}

const BY_ACTION: Handlers = {
  generate: createMessage,
  stream: createMessage,
  count: countMessage,
  "list-models": listModels,
  "get-model": getModel,
};

function createMessage(call: UpstreamCall, world: UpstreamWorld): Reply {
  const kept = call.faults.length === 0 ? world.prepared.get(preparedKey(call)) : undefined;
  if (kept !== undefined) checkHeaders(call);
  const { message, events } = kept === undefined ? writeAnswer(call, world) : renewAnswer(kept);
  const { firstMs, delayMs, chunkBytes } = message.answer;
  const streamed = call.action === "stream";
  const type: Record<string, string> = streamed ? STREAM_HEADERS : {};
  return {
    status: 200,
    headers: { ...anthropicHeaders(call.id), ...type },
    events,
    streamed,
    usage: message.usage,
    pace: { firstMs, delayMs, chunkBytes },
    errorEvent: (status) => anthropicErrorEvent(call.id, status),
  };
}

const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
};

function writeAnswer(call: UpstreamCall, world: UpstreamWorld): PreparedAnswer {
  const model = checkAnthropicCall(call, world);
  const talk = readAnthropicTalk(call.body);
  const scripts = call.faults.flatMap((fault) =>
    fault.kind === "script" ? [fault.directions] : [],
  );
  const wish = readDirections(talk.turnText, textOf(call.headers["x-fake-upstream"]), ...scripts);
  const segments = anthropicSegments(call.body);
  const input = world.cache.count(`${call.key} ${model.id}`, segments);
  const message = toMessage(answerFor(talk, wish), model.id, input, {
    hideThoughts: talk.thinking === "hidden",
    secret: world.signingSecret,
  });
  const answer = {
    message,
    events: call.action === "stream" ? toStreamEvents(message) : [wholeEvent(message)],
  };
  keepAnswer(
    world.prepared,
    call,
    answer,
    segments.some((segment) => segment.breakpoint !== null),
  );
  return answer;
}

function wholeEvent(message: WireMessage): StreamEvent {
  const { output, reasoning } = message.usage;
  return { text: JSON.stringify(messageJson(message)), output, reasoning };
}

function countMessage(call: UpstreamCall, world: UpstreamWorld): Reply {
  checkAnthropicCall(call, world);
  const body = { input_tokens: countSegments(anthropicSegments(call.body)) };
  return wholeReply(200, anthropicHeaders(call.id), JSON.stringify(body));
}

function listModels(call: UpstreamCall, world: UpstreamWorld): Reply {
  checkHeaders(call);
  const limit = Number(call.query.get("limit") ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new Refusal(400, "limit: Input should be between 1 and 1000");
  }
  const all = listAnthropicModels(world.extraModels);
  const after = all.findIndex((model) => model.id === call.query.get("after_id"));
  const page = all.slice(after + 1, after + 1 + limit);
  const body = {
    data: page.map(modelJson),
    has_more: after + 1 + limit < all.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
  return wholeReply(200, anthropicHeaders(call.id), JSON.stringify(body));
}

function getModel(call: UpstreamCall, world: UpstreamWorld): Reply {
  checkHeaders(call);
  const model = findAnthropicModel(call.model, world.extraModels);
  if (model === null) throw new Refusal(404, `model: ${call.model}`);
  return wholeReply(200, anthropicHeaders(call.id), JSON.stringify(modelJson(model)));
}

function modelJson(model: AnthropicModel): unknown {
  return {
    type: "model",
    id: model.id,
    display_name: model.displayName,
    created_at: model.createdAt,
    max_input_tokens: 1_000_000,
    max_tokens: model.maxOutputTokens,
  };
}
