import { Refusal, type UpstreamCall } from "../call";
import { type Json, listOf, objectOf, textOf } from "../json";
import type { UpstreamWorld } from "../world";
import { findGeminiModel, type GeminiModel, insistsOnSignatures } from "./models";
import { readProto } from "./proto";
import { checkThoughtSignatures, type GeminiTurn, hasResponse, turnsOf } from "./signatures";

const FUNCTION_NAME = /^[a-zA-Z_][\w.:-]{0,63}$/;
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
  checkContents(prompt, "CountTokensRequest");
  return { model, body: prompt };
}

/** The model of the path, which must be able to do `action`. */
function modelOf(call: UpstreamCall, world: UpstreamWorld, action: string): GeminiModel {
  const model = findGeminiModel(call.model, world.extraModels);
  if (model?.actions.includes(action) === true) return model;
  throw new Refusal(
    404,
    `models/${call.model} is not found for API version ${call.version}, or is not supported for ${action}. Call ListModels to see the list of available models and their supported methods.`,
  );
}

function parse(call: UpstreamCall, message: string): Json {
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
  checkContents(body, "GenerateContentRequest");
  checkTools(body);
  checkOrder(turnsOf(body.contents));
  checkThoughtSignatures(body.contents, world, insistsOnSignatures(model.id));
}

function checkContents(body: Json, message: string): void {
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
  if (next === undefined || countResponses(next) === calls) return;
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

function countResponses(turn: GeminiTurn): number {
  return turn.parts.filter((part) => part.functionResponse !== undefined).length;
}

function checkTools(body: Json): void {
  const seen = new Set<string>();
  for (const [index, tool] of listOf(body.tools).map(objectOf).entries()) {
    for (const [place, value] of listOf(tool.functionDeclarations).entries()) {
      const declared = objectOf(value);
      const path = `GenerateContentRequest.tools[${index}].function_declarations[${place}]`;
      checkDeclaration(declared, path);
      const name = textOf(declared.name);
      if (seen.has(name)) {
        throw new Refusal(400, `Duplicate function declaration found: ${name}`);
      }
      seen.add(name);
    }
  }
}

function checkDeclaration(declared: Json, path: string): void {
  if (!FUNCTION_NAME.test(textOf(declared.name))) {
    throw new Refusal(
      400,
      `* ${path}.name: Invalid function name. Must start with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 64.\n`,
    );
  }
  if (declared.parameters !== undefined && declared.parametersJsonSchema !== undefined) {
    throw new Refusal(
      400,
      `* ${path}: parameters and parameters_json_schema are mutually exclusive.\n`,
    );
  }
  checkSchema(objectOf(declared.parameters), `${path}.parameters`);
}

/** What the proto's form does not show: enums only on strings, required names that exist. */
function checkSchema(schema: Json, path: string): void {
  const properties = objectOf(schema.properties);
  for (const [index, name] of listOf(schema.required).entries()) {
    if (textOf(name) in properties) continue;
    throw new Refusal(400, `* ${path}.required[${index}]: property is not defined\n`);
  }
  const type = textOf(schema.type).toUpperCase();
  if (type === "ARRAY" && schema.items === undefined) {
    throw new Refusal(400, `* ${path}.items: missing field.\n`);
  }
  for (const [name, inner] of Object.entries(properties)) {
    checkSchema(objectOf(inner), `${path}.properties[${name}]`);
  }
  if (schema.items !== undefined) checkSchema(objectOf(schema.items), `${path}.items`);
}
