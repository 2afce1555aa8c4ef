import type { CallFacts } from "../../model";
import { encode } from "../../stream/bytes";
import { jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { factsWithoutCall, openaiModelOf } from "../openai-facts";
import { openaiFailureEvent } from "../openai-failure-event";
import { OPENAI_PASSED } from "../openai-passed";
import { restoreTopModel } from "../openai-restore-model";
import type { CallSource, Protocol } from "../protocol";
import { imagesMeter } from "./meter";

const PATHS = jsonPaths("model", "stream");
const COMMENT = encode(": keep-alive\n\n");

/**
 * Generation of images, which only passes through; partial images may be streamed.
 * @see https://platform.openai.com/docs/api-reference/images/create
 */
export const openaiImages: Protocol = {
  ...OPENAI_PASSED,
  id: "openai-images",
  readCall,
  meter: imagesMeter,
  // The events of a stream name no model.
  restoreModel: ({ stream, model }) => (stream ? untouched : restoreTopModel(model)),
  failureInBand: (error, _, context) => openaiFailureEvent(error, context),
  keepAlive: () => COMMENT,
};

const untouched = { push: (chunk: Uint8Array) => [chunk], end: () => [] };

function readCall({ route, body }: CallSource): CallFacts {
  const { face, protocol, action } = route;
  if (action !== "generate" && action !== "count") return factsWithoutCall(route);
  const found = scanJson(body, PATHS);
  const { model, modelSpan } = openaiModelOf(body, found);
  const stream = parseSpan(body, found.get("stream")) === true ? "sse" : null;
  const none = { session: null, maxOutputTokens: null };
  return { face, protocol, action, model, modelSpan, stream, ...none, bodyBytes: body.length };
}
