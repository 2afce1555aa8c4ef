import type { Usage } from "../model";
import { BODY_LIMITS, elementSpans, jsonPaths, parseSpan, scanJson } from "../stream/json-scan";
import { textOrNull } from "./json-fields";
import { readOpenaiError } from "./openai-error-status";
import type { Meter } from "./protocol";
import { wholeAnswer } from "./whole-answer";

const PATHS = jsonPaths("model", "usage", "error", "data");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/**
 * Reads an answer of an OpenAI API that is never text: only its usage counts. `read` is given what the
 * answer states and how many elements its `data` has.
 */
export function openaiWholeMeter(read: (usage: unknown, elements: number) => Usage | null): Meter {
  const answer = wholeAnswer();
  let usage: Usage | null = null;
  let model: string | null = null;
  let complete = false;
  let failure: { status: number; message: string } | null = null;
  const end = () => {
    const bytes = answer.bytes();
    const found = scanJson(bytes, PATHS, LIMITS);
    complete = true;
    model = textOrNull(parseSpan(bytes, found.get("model")));
    const data = found.get("data");
    const elements = data ? elementSpans(bytes, data).length : 0;
    usage = read(parseSpan(bytes, found.get("usage")), elements);
    const error = parseSpan(bytes, found.get("error"));
    if (error !== undefined && error !== null) failure = readOpenaiError(error);
  };
  return {
    push: answer.push,
    end() {
      try {
        end();
      } catch {
        // An answer that is no JSON is still the client's answer.
      }
    },
    usage: () => usage,
    reportedModel: () => model,
    complete: () => complete,
    inBandError: () => failure,
    deliveredChars: () => 0,
  };
}
