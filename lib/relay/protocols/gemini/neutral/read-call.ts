import { AppError } from "../../../../shared/errors";
import type { CallFacts } from "../../../model";
import type { NeutralCall } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { kept } from "./own-extra";
import { type Message, message, without } from "./proto-fields";
import { type ReadConfig, readConfig } from "./read-config";
import { readToolChoice, readTools, toolConfigExtra } from "./read-tools";
import { readSystem, readTurns } from "./read-turns";

const READ_FIELDS = new Set([
  "model",
  "contents",
  "systemInstruction",
  "tools",
  "toolConfig",
  "generationConfig",
  "serviceTier",
]);

/** The body's JSON. Throws AppError("invalid_request") for what is no object. */
export function bodyOf(body: Uint8Array): Message {
  const parsed = parseJson(decode(body));
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new AppError("invalid_request", "The body must be a JSON object.");
  }
  return message(fields(parsed));
}

/** A call of generateContent, or of countTokens in either of its forms. */
export function readGeminiNeutral(body: Uint8Array, facts: CallFacts): NeutralCall {
  const given = bodyOf(body);
  const inner = given.generateContentRequest;
  return readRequest(inner === undefined ? given : message(inner), facts);
}

/**
 * A GenerateContentRequest in the neutral form. Throws AppError("invalid_request") with the field's name.
 * @see https://ai.google.dev/api/generate-content#request-body
 */
export function readRequest(request: Message, facts: CallFacts): NeutralCall {
  const contents = request.contents;
  if (typeof contents !== "object" || contents === null) {
    throw new AppError("invalid_request", "contents: a list of contents is required.");
  }
  const { settings, extra }: ReadConfig = readConfig(request.generationConfig);
  const tools = readTools(request.tools);
  return {
    model: facts.model,
    stream: facts.stream !== null,
    system: readSystem(request.systemInstruction),
    turns: readTurns(contents),
    tools,
    toolChoice: readToolChoice(request.toolConfig),
    parallelTools: null,
    ...settings,
    verbosity: null,
    endUser: null,
    serviceTier: textOrNull(request.serviceTier),
    includeUsage: null,
    ...kept({
      ...without(request, READ_FIELDS),
      ...extra,
      ...toolConfigExtra(request.toolConfig, tools),
    }),
  };
}
