import type { CallFacts } from "../../../model";
import { elementSpans, jsonPaths, parseSpan, type Span, scanJson } from "../../../stream/json-scan";
import { spliceString } from "../../../stream/splice";
import { textOrNull } from "../../json-fields";
import type { CallSource } from "../../protocol";

const PATHS = jsonPaths("model", "requests");
const MODEL = jsonPaths("model");

/** Facts of a call for embeddings; its model comes from the address. */
export function readEmbeddingsCall({ route, body }: CallSource): CallFacts {
  const { face, protocol, action, model } = route;
  // Refuses what is no JSON object before anybody spends time on it.
  scanJson(body, PATHS);
  return {
    face,
    protocol,
    action,
    model: model ?? "",
    stream: null,
    session: null,
    maxOutputTokens: null,
    bodyBytes: body.length,
    modelSpan: null,
  };
}

/** The body with another model's name wherever it is repeated: Google wants it to be the address's. */
export function embeddingsWithModel(body: Uint8Array, facts: CallFacts, model: string): Uint8Array {
  if (model === facts.model) return body;
  // From the last to the first, so that the places before stay where they are.
  const spans = modelSpans(body).sort((a, b) => b.start - a.start);
  return spans.reduce((bytes, span) => spliceString(bytes, span, `models/${model}`), body);
}

function modelSpans(body: Uint8Array): Span[] {
  const found = scanJson(body, PATHS);
  const requests = found.get("requests");
  const elements = requests ? elementSpans(body, requests) : [];
  const inner = elements.flatMap((element) => {
    const span = scanJson(body.subarray(element.start, element.end), MODEL).get("model");
    return span ? [{ start: span.start + element.start, end: span.end + element.start }] : [];
  });
  return [found.get("model"), ...inner].flatMap((span) =>
    span && textOrNull(parseSpan(body, span)) !== null ? [span] : [],
  );
}
