import { Refusal, type UpstreamCall } from "../call";
import { type Json, listOf, objectOf, textOf } from "../json";
import type { UpstreamWorld } from "../world";
import { findGeminiModel, type GeminiModel, insistsOnSignatures } from "./models";
import { readProto } from "./proto";
import { checkThoughtSignatures, type GeminiTurn, hasResponse, turnsOf } from "./signatures";
import { checkConfig, checkMedia } from "./validate-config";
import { checkToolMix, checkTools } from "./validate-tools";

const DATA_FIELDS = [
  "text",
  "inlineData",
  "fileData",
  "functionCall",
  "functionResponse",
  "executableCode",
  "codeExecutionResult",
  "toolCall",
  "toolResponse",
];

/** A checked request, its field names all in camelCase. */
interface GeminiRequest {
  model: GeminiModel;
  body: Json;
}

/**
 * Refuses what generateContent refuses, in its words.
 * @see https://ai.google.dev/api/generate-content
 */
export function checkGenerate(call: UpstreamCall, world: UpstreamWorld): GeminiRequest {
  const body = parse(call, "GenerateContentRequest");
  const model = modelOf(call, world, "generateContent");
  checkBody(body, world, model);
  if (body.cachedContent !== undefined) {
    throw new Refusal(403, "CachedContent not found (or permission denied)", "PERMISSION_DENIED");
  }
  return { model, body };
}

/** The same for countTokens, whose prompt may lie in `generateContentRequest`. */
export function checkCount(call: UpstreamCall, world: UpstreamWorld): GeminiRequest {
  const body = parse(call, "CountTokensRequest");
  const model = modelOf(call, world, "countTokens");
  const inner = body.generateContentRequest;
  const prompt = inner === undefined ? body : objectOf(inner);
  checkContents(prompt, "CountTokensRequest", model);
  return { model, body: prompt };
}

/** The model of the path, which must be able to do `action`. */
export function modelOf(call: UpstreamCall, world: UpstreamWorld, action: string): GeminiModel {
  const model = findGeminiModel(call.model, world.extraModels);
  if (model?.actions.includes(action) === true) return model;
  throw new Refusal(
    404,
    `models/${call.model} is not found for API version ${call.version}, or is not supported for ${action}. Call ListModels to see the list of available models and their supported methods.`,
  );
}

/** The body with camelCase names only. */
export function parse(call: UpstreamCall, message: string): Json {
  if (call.badJson) {
    throw new Refusal(400, "Invalid JSON payload received. Unexpected token.");
  }
  const field = call.faults.find(
    (fault) => fault.kind === "refuse-field" && fault.field in call.body,
  );
  if (field?.kind === "refuse-field") {
    throw new Refusal(
      400,
      `Invalid JSON payload received. Unknown name "${field.field}": Cannot find field.`,
    );
  }
  return readProto(call.body, message);
}

function checkBody(body: Json, world: UpstreamWorld, model: GeminiModel): void {
  checkContents(body, "GenerateContentRequest", model);
  checkTools(body);
  checkToolMix(body, model);
  checkConfig(body, model);
  checkOrder(turnsOf(body.contents));
  checkThoughtSignatures(body.contents, world, insistsOnSignatures(model.id));
}

function checkContents(body: Json, message: string, model: GeminiModel): void {
  const contents = listOf(body.contents).map(objectOf);
  if (contents.length === 0) {
    throw new Refusal(400, `* ${message}.contents: contents is not specified\n`);
  }
  for (const [index, content] of contents.entries()) {
    const role = content.role ?? "user";
    if (role !== "user" && role !== "model" && role !== "function") {
      throw new Refusal(400, "Please use a valid role: user, model.");
    }
    const parts = listOf(content.parts).map(objectOf);
    if (parts.length === 0) {
      throw new Refusal(
        400,
        `* ${message}.contents[${index}].parts: contents.parts must not be empty.\n`,
      );
    }
    for (const [place, part] of parts.entries()) {
      checkPart(part, `${message}.contents[${index}].parts[${place}]`);
      checkMedia(part, model);
    }
  }
}

function checkPart(part: Json, path: string): void {
  const data = DATA_FIELDS.filter((name) => part[name] !== undefined);
  if (data.length === 0) {
    throw new Refusal(
      400,
      `* ${path}.data: required oneof field 'data' must have one initialized field\n`,
    );
  }
  if (data.length > 1) {
    throw new Refusal(
      400,
      `Invalid value at '${path}' (oneof), oneof field 'data' is already set.`,
    );
  }
  for (const kind of ["functionCall", "functionResponse"]) {
    if (part[kind] === undefined || textOf(objectOf(part[kind]).name) !== "") continue;
    const field = kind === "functionCall" ? "function_call" : "function_response";
    throw new Refusal(400, `* ${path}.${field}.name: Name cannot be empty.\n`);
  }
}

/** A call is answered at once and completely, and follows the user or an answer. */
function checkOrder(turns: readonly GeminiTurn[]): void {
  for (const [index, turn] of turns.entries()) {
    if (turn.role === "user") checkResponses(turn, turns[index - 1]);
    else checkCalls(turn, turns[index - 1], turns[index + 1]);
  }
}

function checkCalls(
  turn: GeminiTurn,
  before: GeminiTurn | undefined,
  next: GeminiTurn | undefined,
): void {
  const calls = turn.parts.filter((part) => part.functionCall !== undefined).length;
  if (calls === 0) return;
  if (before === undefined) {
    throw new Refusal(
      400,
      "Please ensure that function call turn comes immediately after a user turn or after a function response turn.",
    );
  }
  // A history may end with its calls, but nothing except their responses may follow them.
  if (next === undefined) return;
  if (countResponses(next) === calls) {
    checkNames(turn, next);
    return;
  }
  throw new Refusal(
    400,
    "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
  );
}

function checkResponses(turn: GeminiTurn, before: GeminiTurn | undefined): void {
  if (!hasResponse(turn)) return;
  const calls = before?.parts.some((part) => part.functionCall !== undefined) ?? false;
  if (calls) return;
  throw new Refusal(
    400,
    "Please ensure that function response turn comes immediately after a function call turn.",
  );
}

/** Each call is answered under its own name, in whatever order. */
function checkNames(turn: GeminiTurn, next: GeminiTurn): void {
  const names = (from: GeminiTurn, kind: string) =>
    from.parts
      .filter((part) => part[kind] !== undefined)
      .map((part) => textOf(objectOf(part[kind]).name))
      .sort();
  const called = names(turn, "functionCall");
  const answered = names(next, "functionResponse");
  if (called.join(" ") === answered.join(" ")) return;
  throw new Refusal(
    400,
    `Please ensure that the names of the function response parts (${answered.join(", ")}) match the names of the function call parts of the function call turn (${called.join(", ")}).`,
  );
}

function countResponses(turn: GeminiTurn): number {
  return turn.parts.filter((part) => part.functionResponse !== undefined).length;
}
