import { Refusal, type UpstreamCall } from "../call";
import { readDirections } from "../directions";
import { textOf } from "../json";
import { countSegments, withoutWrites } from "../prefix-cache";
import { type Pace, type Reply, wholeReply } from "../reply";
import { answerFor } from "../script";
import type { Handlers, UpstreamWorld } from "../world";
import { answerJson, toGeminiAnswer } from "./answer";
import { geminiSegments, readGeminiTalk } from "./conversation";
import { batchEmbedContents, embedContent } from "./embed";
import { geminiErrorEvent, geminiFailure, geminiHeaders } from "./failure";
import { findGeminiModel, type GeminiModel, listGeminiModels } from "./models";
import { type GeminiStreamForm, toGeminiStream } from "./stream";
import { checkCount, checkGenerate } from "./validate";
import { prettyJson } from "./wire-json";

/** Answers one call of the Gemini API whose key was found to be right. Never throws a `Refusal`. */
export function handleGemini(call: UpstreamCall, world: UpstreamWorld): Reply {
  try {
    const handle = BY_ACTION[call.action];
    if (handle === undefined) return geminiFailure({ status: 404 }, inArrayForm(call));
    return handle(call, world);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message, kind, details } = error;
    return geminiFailure({ status, message, kind, details }, inArrayForm(call));
  }
}

/** The stream form of a call; errors of the array form are wrapped in a list, too. */
export function inArrayForm(call: Pick<UpstreamCall, "action" | "query">): boolean {
  return call.action === "stream" && call.query.get("alt") !== "sse";
}

const BY_ACTION: Handlers = {
  generate: generateContent,
  stream: generateContent,
  count: countContent,
  embed: embedContent,
  "batch-embed": batchEmbedContents,
  "list-models": listModels,
  "get-model": getModel,
};

/** Answers generateContent, streamed or whole. */
export function generateContent(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { model, body } = checkGenerate(call, world);
  const talk = readGeminiTalk(body, model);
  const scripts = call.faults.flatMap((fault) =>
    fault.kind === "script" ? [fault.directions] : [],
  );
  const wish = readDirections(talk.turnText, textOf(call.headers["x-fake-upstream"]), ...scripts);
  const said = answerFor(talk, wish);
  const input = world.cache.count(`${call.key} ${model.id}`, geminiSegments(body));
  const answer = toGeminiAnswer(said, model, withoutWrites(input), {
    responseId: call.id,
    showThoughts: talk.thinking === "shown",
    secret: world.signingSecret,
  });
  const pace: Pace = { firstMs: said.firstMs, delayMs: said.delayMs, chunkBytes: said.chunkBytes };
  if (call.action === "generate") {
    const text = `${prettyJson(answerJson(answer))}\n`;
    return wholeReply(200, geminiHeaders(), text, answer.usage, pace);
  }
  const form: GeminiStreamForm = inArrayForm(call) ? "array" : "sse";
  const type = form === "sse" ? "text/event-stream" : "application/json; charset=UTF-8";
  return {
    status: 200,
    headers: { ...geminiHeaders(), "content-type": type, "content-disposition": "attachment" },
    events: toGeminiStream(answer, form),
    streamed: true,
    usage: answer.usage,
    pace,
    errorEvent: (status) => geminiErrorEvent(status, form),
  };
}

/** Counts the tokens of a prompt. */
export function countContent(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { body } = checkCount(call, world);
  const totalTokens = countSegments(geminiSegments(body));
  const json = {
    totalTokens,
    promptTokensDetails: [{ modality: "TEXT", tokenCount: totalTokens }],
  };
  return wholeReply(200, geminiHeaders(), `${prettyJson(json)}\n`);
}

function listModels(call: UpstreamCall, world: UpstreamWorld): Reply {
  const size = Number(call.query.get("pageSize") ?? 50);
  const from = Number(call.query.get("pageToken") ?? 0);
  const all = listGeminiModels(world.extraModels);
  const end = from + Math.min(Math.max(size, 1), 1000);
  const json = {
    models: all.slice(from, end).map(modelJson),
    ...(end < all.length ? { nextPageToken: String(end) } : {}),
  };
  return wholeReply(200, geminiHeaders(), `${prettyJson(json)}\n`);
}

function getModel(call: UpstreamCall, world: UpstreamWorld): Reply {
  const model = findGeminiModel(call.model, world.extraModels);
  if (model === null) {
    throw new Refusal(
      404,
      `Model is not found: models/${call.model} for api version ${call.version}`,
    );
  }
  return wholeReply(200, geminiHeaders(), `${prettyJson(modelJson(model))}\n`);
}

function modelJson(model: GeminiModel): unknown {
  return {
    name: `models/${model.id}`,
    version: model.version,
    displayName: model.displayName,
    inputTokenLimit: model.inputTokenLimit,
    outputTokenLimit: model.outputTokenLimit,
    supportedGenerationMethods: model.actions,
    temperature: 1,
    topP: 0.95,
    topK: 64,
    maxTemperature: 2,
  };
}
