import type { Answer } from "../answer";
import type { UpstreamCall } from "../call";
import { type Conversation, promptOf } from "../conversation";
import { newUpstreamId } from "../ids";
import { listOf, numberOf, objectOf, textOf } from "../json";
import { implicitly } from "../prefix-cache";
import type { Reply, StreamEvent } from "../reply";
import { countTokens, cutByTokens } from "../tokens";
import type { BookUsage } from "../usage";
import type { UpstreamWorld } from "../world";
import { speak, streamedAnswer, wholeAnswer } from "./answer";
import { checkEnvelope } from "./checks";
import { invalid, OpenAiRefusal, openaiError } from "./failure";
import { findOpenAiModel, type OpenAiModel } from "./models";
import { openaiSpeech } from "./speech";
import { chatUsage, openaiUsage } from "./usage";

const FIELDS: ReadonlySet<string> = new Set(
  (
    "model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty " +
    "seed stop stream stream_options suffix temperature top_p user"
  ).split(" "),
);
const USUAL_LIMIT = 16;

/** The legacy completions. */
export const completionsSpeech = openaiSpeech({ generate: complete, stream: complete });

/** A written answer. */
interface Completion {
  id: string;
  created: number;
  model: string;
  choices: number;
  answer: Answer;
  text: string;
  usage: BookUsage;
}

/** @see https://platform.openai.com/docs/api-reference/completions/create */
function complete(call: UpstreamCall, world: UpstreamWorld): Reply {
  const model = checkCompletionCall(call, world);
  const { answer, input } = speak(call, world, talkOf(call, model), implicitly(promptsOf(call)));
  const choices = numberOf(call.body.n) ?? 1;
  const texts = answer.blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
  const completion: Completion = {
    id: newUpstreamId("cmpl-"),
    created: Math.floor(Date.now() / 1000),
    model: model.id,
    choices,
    answer,
    text: texts.join(""),
    usage: openaiUsage(answer, input, choices),
  };
  if (call.action === "generate") {
    const all = Array.from({ length: choices }, (_, index) =>
      choice(index, completion.text, finishReason(answer)),
    );
    const body = { ...headOf(completion), choices: all, usage: usageJson(completion) };
    return wholeAnswer(call, answer, completion.usage, body);
  }
  const withUsage = objectOf(call.body.stream_options).include_usage === true;
  const events = toStream(completion, withUsage);
  return streamedAnswer(call, answer, completion.usage, events, (status) =>
    sse({ error: openaiError(status) }),
  );
}

function toStream(completion: Completion, withUsage: boolean): StreamEvent[] {
  const { answer, usage } = completion;
  const events: StreamEvent[] = [];
  let output = 0;
  const send = (choices: readonly unknown[], told: unknown = null) => {
    const chunk = { ...headOf(completion), choices, ...(withUsage ? { usage: told } : {}) };
    events.push({ text: sse(chunk), output, reasoning: 0 });
  };
  for (const piece of cutByTokens(completion.text, answer.eventTokens)) {
    for (let index = 0; index < completion.choices; index++) {
      output += countTokens(piece);
      send([choice(index, piece, null)]);
    }
  }
  output = usage.output;
  for (let index = 0; index < completion.choices; index++) {
    send([choice(index, "", finishReason(answer))]);
  }
  if (withUsage) send([], usageJson(completion));
  events.push({ text: "data: [DONE]\n\n", output, reasoning: 0 });
  return events;
}

function headOf({ id, created, model }: Completion) {
  return { id, object: "text_completion", created, model };
}

function usageJson({ usage }: Completion): unknown {
  const { prompt_tokens, completion_tokens, total_tokens } = objectOf(chatUsage(usage));
  return { prompt_tokens, completion_tokens, total_tokens };
}

function choice(index: number, text: string, finish_reason: string | null) {
  return { text, index, logprobs: null, finish_reason };
}

function finishReason({ stop }: Answer): string {
  if (stop === "length") return "length";
  return stop === "content-filter" ? "content_filter" : "stop";
}

function checkCompletionCall(call: UpstreamCall, world: UpstreamWorld): OpenAiModel {
  checkEnvelope(call);
  const extra = Object.keys(call.body).filter((name) => !FIELDS.has(name));
  if (extra.length > 0) {
    throw invalid(`Unrecognized request argument supplied: ${extra.join(", ")}`, null);
  }
  if (textOf(call.body.model) === "") throw invalid("you must provide a model parameter", null);
  const model = findOpenAiModel(call.model, world.extraModels);
  if (model === null) {
    throw new OpenAiRefusal(
      404,
      `The model \`${call.model}\` does not exist or you do not have access to it.`,
      null,
      "model_not_found",
    );
  }
  if (model.use === "completions" || world.extraModels.has(call.model)) return model;
  throw new OpenAiRefusal(
    404,
    "This is a chat model and not supported in the v1/completions endpoint. Did you mean to use v1/chat/completions?",
    "model",
    null,
  );
}

function promptsOf(call: UpstreamCall): string[] {
  const { prompt } = call.body;
  return typeof prompt === "string" ? [prompt] : listOf(prompt).map(String);
}

/** A prompt of one text, without tools or turns. */
function talkOf(call: UpstreamCall, model: OpenAiModel): Conversation {
  const { body } = call;
  const prompts = promptsOf(call);
  return {
    model: model.id,
    prompt: promptOf(prompts),
    turnText: prompts.join("\n"),
    rounds: 0,
    results: [],
    tools: [],
    forcedTool: null,
    toolsOff: true,
    parallelCalls: false,
    canSearch: false,
    outputSchema: null,
    maxOutputTokens: numberOf(body.max_tokens) ?? USUAL_LIMIT,
    stopSequences: typeof body.stop === "string" ? [body.stop] : listOf(body.stop).map(textOf),
    thinking: "off",
  };
}

function sse(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
