import type { Answer } from "../answer";
import type { UpstreamCall } from "../call";
import type { Conversation } from "../conversation";
import { readDirections } from "../directions";
import { textOf } from "../json";
import { type InputTokens, type PromptSegment, withoutWrites } from "../prefix-cache";
import type { Pace, Reply, StreamEvent } from "../reply";
import { wholeReply } from "../reply";
import { answerFor } from "../script";
import type { BookUsage } from "../usage";
import type { UpstreamWorld } from "../world";
import { invalid, openaiHeaders } from "./failure";

/** What the model says to a call, and what its prompt costs. */
export interface Spoken {
  answer: Answer;
  input: InputTokens;
}

/** Decides on the answer by what the prompt, the header and the faults direct. */
export function speak(
  call: UpstreamCall,
  world: UpstreamWorld,
  talk: Conversation,
  segments: readonly PromptSegment[],
): Spoken {
  const scripts = call.faults.flatMap((fault) =>
    fault.kind === "script" ? [fault.directions] : [],
  );
  const wish = readDirections(talk.turnText, textOf(call.headers["x-fake-upstream"]), ...scripts);
  const answer = answerFor(talk, wish);
  if (answer.stop === "prompt-blocked") {
    throw invalid(
      "Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt: https://platform.openai.com/docs/guides/reasoning#advice-on-prompting",
      null,
      "invalid_prompt",
    );
  }
  return { answer, input: withoutWrites(world.cache.count(`${call.key} ${talk.model}`, segments)) };
}

/** A whole answer. */
export function wholeAnswer(
  call: UpstreamCall,
  answer: Answer,
  usage: BookUsage,
  body: unknown,
): Reply {
  return wholeReply(200, openaiHeaders(call.id), JSON.stringify(body), usage, paceOf(answer));
}

/** A streamed answer. */
export function streamedAnswer(
  call: UpstreamCall,
  answer: Answer,
  usage: BookUsage,
  events: readonly StreamEvent[],
  errorEvent: Reply["errorEvent"],
): Reply {
  return {
    status: 200,
    headers: {
      ...openaiHeaders(call.id),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
    },
    events,
    streamed: true,
    usage,
    pace: paceOf(answer),
    errorEvent,
  };
}

function paceOf({ firstMs, delayMs, chunkBytes }: Answer): Pace {
  return { firstMs, delayMs, chunkBytes };
}
