import type { StreamEvent } from "../reply";
import { blockedJson, candidate, type GeminiAnswer, usageJson } from "./answer";
import { eventJson, prettyJson } from "./wire-json";

/** How a stream is framed: with `alt=sse`, or as one JSON array that grows. */
export type GeminiStreamForm = "sse" | "array";

/**
 * Writes an answer as a stream. Every event repeats the usage so far; the last one has the finish
 * reason. SSE lines end in CRLF. The array form is indented, its members parted by ",\r\n".
 * @see https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export function toGeminiStream(answer: GeminiAnswer, form: GeminiStreamForm): StreamEvent[] {
  const responses = responsesOf(answer);
  const events = responses.map(({ json, output, reasoning }, index) => ({
    text: form === "sse" ? `data: ${eventJson(json)}\r\n\r\n` : arrayMember(json, index),
    output,
    reasoning,
  }));
  const last = events.at(-1);
  if (form === "array" && last !== undefined) last.text += "]\n";
  return events;
}

function arrayMember(json: unknown, index: number): string {
  return `${index === 0 ? "[" : ",\r\n"}${prettyJson(json)}\n`;
}

interface Response {
  json: unknown;
  output: number;
  reasoning: number;
}

function responsesOf(answer: GeminiAnswer): Response[] {
  const { usage } = answer;
  if (answer.answer.stop === "prompt-blocked") {
    return [{ json: blockedJson(answer), output: 0, reasoning: 0 }];
  }
  const last = answer.parts.length - 1;
  let visible = 0;
  // Thoughts that are not shown were thought before the first event.
  const shown = answer.parts.reduce((sum, part) => sum + part.thoughts, 0);
  let thoughts = usage.reasoning - shown;
  const responses = answer.parts.map((part, index) => {
    visible += part.visible;
    thoughts += part.thoughts;
    return response(answer, [part.part], index === last, visible, thoughts);
  });
  return responses.length > 0 ? responses : [response(answer, [], true, 0, usage.reasoning)];
}

function response(
  answer: GeminiAnswer,
  parts: readonly Readonly<Record<string, unknown>>[],
  last: boolean,
  visible: number,
  thoughts: number,
): Response {
  const json = {
    candidates: [candidate(answer, parts, last)],
    usageMetadata: usageJson(answer, visible, thoughts),
    modelVersion: answer.model.id,
    responseId: answer.responseId,
  };
  return { json, output: visible + thoughts, reasoning: thoughts };
}
