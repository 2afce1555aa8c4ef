import { AppError } from "../../../../shared/errors";
import type { CallFacts } from "../../../model";
import { jsonPaths, parseSpan, type Span, scanJson } from "../../../stream/json-scan";
import { spliceString } from "../../../stream/splice";
import { textOrNull } from "../../json-fields";
import type { CallSource } from "../../protocol";
import { allPaths, fieldPaths, formOf, maxOutputOf, sessionOf } from "../read-call";

const FIELDS = fieldPaths("request.");
/** A count names its model inside of the request, with "models/" before it. */
const MODEL_PATHS = ["model", "request.model"];
const PATHS = jsonPaths(...MODEL_PATHS, ...allPaths(FIELDS));
const MODEL_NAME = /^(?=.*[A-Za-z0-9])[A-Za-z0-9._-]{1,128}$/;
const PREFIX = "models/";

/**
 * Facts of a Code Assist call, which wraps a Gemini call and names its model beside it. Throws
 * AppError("invalid_request").
 */
export function readCodeAssistCall(source: CallSource): CallFacts {
  const { route, body, query } = source;
  const { face, protocol, action, method } = route;
  if (action !== "generate" && action !== "count") {
    const none = { stream: null, session: null, maxOutputTokens: null, modelSpan: null };
    return { face, protocol, action, model: route.model ?? "", bodyBytes: 0, ...none };
  }
  const found = scanJson(body, PATHS);
  const modelSpan = MODEL_PATHS.map((path) => found.get(path)).find(Boolean);
  return {
    face,
    protocol,
    action,
    model: modelOf(body, modelSpan),
    stream: formOf(method, query),
    session: sessionOf(source, found, FIELDS),
    maxOutputTokens: maxOutputOf(body, found, FIELDS),
    bodyBytes: body.length,
    modelSpan: modelSpan ?? null,
  };
}

/** Unlike one of an address the name is anything that fits into a string. */
function modelOf(body: Uint8Array, span: Span | undefined): string {
  const name = textOrNull(parseSpan(body, span))?.replace(PREFIX, "") ?? "";
  if (!MODEL_NAME.test(name)) throw new AppError("invalid_request", "model: a name is required.");
  return name;
}

/** The body with another model's name, spelled with or without "models/" as the caller's was. */
export function codeAssistWithModel(body: Uint8Array, facts: CallFacts, model: string): Uint8Array {
  const { modelSpan } = facts;
  if (!modelSpan || model === facts.model) return body;
  const isPrefixed = textOrNull(parseSpan(body, modelSpan))?.startsWith(PREFIX) ?? false;
  return spliceString(body, modelSpan, isPrefixed ? `${PREFIX}${model}` : model);
}
