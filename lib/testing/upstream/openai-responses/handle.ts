import type { UpstreamCall } from "../call";
import { newUpstreamId } from "../ids";
import { type Json, listOf } from "../json";
import { speak, streamedAnswer, wholeAnswer } from "../openai/answer";
import { openaiError, openaiHeaders } from "../openai/failure";
import { openaiSpeech } from "../openai/speech";
import { openaiUsage } from "../openai/usage";
import { countSegments } from "../prefix-cache";
import { type Reply, wholeReply } from "../reply";
import type { UpstreamWorld } from "../world";
import { compact } from "./compact";
import { readResponsesTalk, responsesSegments } from "./conversation";
import { outputItems, responseJson, type WireResponse } from "./response";
import { toResponsesStream } from "./stream";
import { checkResponsesCall, effortOf } from "./validate";

const MOST_STORED = 500;

/** The Responses API. */
export const responsesSpeech = openaiSpeech({
  generate: respond,
  stream: respond,
  count: countInput,
  compact,
});

function respond(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { body } = call;
  const { model, items } = checkResponsesCall(call, world);
  const effort = effortOf(body, model);
  const talk = readResponsesTalk(body, items, model.id, effort);
  const { answer, input } = speak(call, world, talk, responsesSegments(body, items));
  const usage = openaiUsage(answer, input);
  const response: WireResponse = {
    id: newUpstreamId("resp_"),
    createdAt: Math.floor(Date.now() / 1000),
    model: model.id,
    request: body,
    effort,
    answer,
    items: outputItems(answer, {
      secret: world.signingSecret,
      showThoughts: talk.thinking === "shown",
      include: new Set(listOf(body.include)),
    }),
    usage,
  };
  if (body.store !== false) store(response, items, world);
  if (call.action === "generate") {
    return wholeAnswer(call, answer, usage, responseJson(response, "done"));
  }
  return streamedAnswer(call, answer, usage, toResponsesStream(response), (status, afterEvents) =>
    failedEvents(response, status, afterEvents),
  );
}

/** Thoughts of a stored response are known to the API: they need not be sealed to come back. */
function store(response: WireResponse, items: readonly Json[], world: UpstreamWorld): void {
  if (world.responses.size >= MOST_STORED) world.responses.clear();
  const said = response.items.filter((item) => !item.thought).map((item) => item.json);
  world.responses.set(response.id, [...items, ...said]);
}

/** An error in the middle of a stream: the error itself, and the response that failed by it. */
function failedEvents(response: WireResponse, status: number, afterEvents: number): string {
  const error = openaiError(status);
  const code = error.code ?? "server_error";
  const failed = responseJson(response, "failed", { code, message: error.message });
  return [
    sse("error", { sequence_number: afterEvents, error: { ...error, code } }),
    sse("response.failed", { sequence_number: afterEvents + 1, response: failed }),
  ].join("");
}

function sse(type: string, fields: Json): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

function countInput(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { items } = checkResponsesCall(call, world);
  const input_tokens = countSegments(responsesSegments(call.body, items));
  const body = JSON.stringify({ object: "response.input_tokens", input_tokens });
  return wholeReply(200, openaiHeaders(call.id), body);
}
