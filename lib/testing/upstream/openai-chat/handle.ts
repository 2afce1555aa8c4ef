import type { UpstreamCall } from "../call";
import { numberOf, objectOf } from "../json";
import { speak, streamedAnswer, wholeAnswer } from "../openai/answer";
import { openaiError } from "../openai/failure";
import { openaiSpeech } from "../openai/speech";
import { openaiUsage } from "../openai/usage";
import type { Reply } from "../reply";
import type { UpstreamWorld } from "../world";
import { completionJson, toChatAnswer } from "./completion";
import { chatSegments, readChatTalk } from "./conversation";
import { toChatStream } from "./stream";
import { checkChatCall, effortOf } from "./validate";

/** Chat Completions. */
export const chatSpeech = openaiSpeech({ generate: complete, stream: complete });

function complete(call: UpstreamCall, world: UpstreamWorld): Reply {
  const model = checkChatCall(call, world);
  const talk = readChatTalk(call.body, model.id, effortOf(call.body, model));
  const { answer, input } = speak(call, world, talk, chatSegments(call.body));
  const choices = numberOf(call.body.n) ?? 1;
  const usage = openaiUsage(answer, input, choices);
  const chat = toChatAnswer(answer, model.id, usage, { choices, nowMs: Date.now() });
  if (call.action === "generate") return wholeAnswer(call, answer, usage, completionJson(chat));
  const withUsage = objectOf(call.body.stream_options).include_usage === true;
  return streamedAnswer(call, answer, usage, toChatStream(chat, withUsage), errorChunk);
}

/** An error in the middle of a stream: the usual envelope as a chunk. */
function errorChunk(status: number): string {
  return `data: ${JSON.stringify({ error: openaiError(status) })}\n\n`;
}
