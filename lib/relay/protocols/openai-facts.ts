import { AppError } from "../../shared/errors";
import type { CallFacts } from "../model";
import { parseSpan, type Span } from "../stream/json-scan";
import { textOrNull } from "./json-fields";
import type { CallSource } from "./protocol";

const MAX_MODEL_LENGTH = 200;

/** Where an OpenAI call names its model. Throws AppError("invalid_request") when it names none. */
export function openaiModelOf(body: Uint8Array, found: ReadonlyMap<string, Span>) {
  const modelSpan = found.get("model");
  const model = textOrNull(parseSpan(body, modelSpan));
  if (!modelSpan || model === null || model === "" || model.length > MAX_MODEL_LENGTH) {
    throw new AppError("invalid_request", "model: a name is required.");
  }
  return { model, modelSpan };
}

/** Facts of lists and probes, which carry no call. */
export function factsWithoutCall({
  face,
  protocol,
  action,
  model,
}: CallSource["route"]): CallFacts {
  const none = { stream: null, session: null, maxOutputTokens: null, modelSpan: null };
  return { face, protocol, action, model: model ?? "", bodyBytes: 0, ...none };
}
