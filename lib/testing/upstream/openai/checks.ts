import type { UpstreamCall } from "../call";
import { isObject, type Json, listOf, numberOf, objectOf, textOf } from "../json";
import { invalid } from "./failure";
import { isReasoning, type OpenAiModel } from "./models";

const TOOL_NAME = /^[a-zA-Z0-9_-]+$/;
const LONGEST_TOOL_NAME = 64;
const IMAGE_DATA = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;
const BASE64_DATA = /^data:([\w./+-]+);base64,[A-Za-z0-9+/]+={0,2}$/;

/** Refuses a body that is no JSON, and a field that a fault is to refuse. */
export function checkEnvelope(call: UpstreamCall): void {
  if (call.badJson) {
    throw invalid(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)",
      null,
    );
  }
  const field = call.faults.find(
    (fault) => fault.kind === "refuse-field" && fault.field in call.body,
  );
  if (field?.kind === "refuse-field") throw unknownParameter(field.field);
}

/** OpenAI's words for a field that it does not know. */
export function unknownParameter(path: string): ReturnType<typeof invalid> {
  return invalid(`Unknown parameter: '${path}'.`, path, "unknown_parameter");
}

/** OpenAI's words for a field that is not there. */
export function missingParameter(path: string): ReturnType<typeof invalid> {
  return invalid(`Missing required parameter: '${path}'.`, path, "missing_required_parameter");
}

/** OpenAI's words for a field of the wrong type. */
export function wrongType(path: string, wanted: string, got: unknown): ReturnType<typeof invalid> {
  return invalid(
    `Invalid type for '${path}': expected ${wanted}, but got ${typeName(got)} instead.`,
    path,
    "invalid_type",
  );
}

/** Refuses fields of an object that are not among the known ones. */
export function checkFields(value: Json, known: ReadonlySet<string>, path: string): void {
  const extra = Object.keys(value).find((name) => !known.has(name));
  if (extra !== undefined) throw unknownParameter(`${path}.${extra}`);
}

/** Sampling: its ranges, and that models which think take none of it. */
export function checkSampling(
  body: Json,
  model: OpenAiModel,
  effort: string,
  refuse: (name: string, value: unknown) => Error,
): void {
  checkRange(body.temperature, "temperature", 0, 2);
  checkRange(body.top_p, "top_p", 0, 1);
  checkRange(body.presence_penalty, "presence_penalty", -2, 2);
  checkRange(body.frequency_penalty, "frequency_penalty", -2, 2);
  // Models that were told not to think sample like the others.
  if (!isReasoning(model.alias) || effort === "none") return;
  for (const name of ["temperature", "top_p", "presence_penalty", "frequency_penalty"]) {
    const value = body[name];
    const usual = name.endsWith("penalty") ? 0 : 1;
    if (value !== undefined && value !== null && value !== usual) throw refuse(name, value);
  }
}

function checkRange(value: unknown, name: string, low: number, high: number): void {
  if (value === undefined || value === null) return;
  const number = numberOf(value);
  if (number === null) throw wrongType(name, "a decimal", value);
  if (number < low) {
    throw invalid(
      `Invalid '${name}': decimal below minimum value. Expected a value >= ${low}, but got ${number} instead.`,
      name,
      "decimal_below_min_value",
    );
  }
  if (number > high) {
    throw invalid(
      `Invalid '${name}': decimal above maximum value. Expected a value <= ${high}, but got ${number} instead.`,
      name,
      "decimal_above_max_value",
    );
  }
}

/** Refuses names that no tool may have. */
export function checkToolName(name: unknown, path: string): void {
  if (typeof name !== "string") throw missingParameter(path);
  checkLength(name, path, LONGEST_TOOL_NAME);
  if (TOOL_NAME.test(name)) return;
  throw invalid(
    `Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    path,
    "invalid_value",
  );
}

/** Refuses texts that are empty where they must not be, or longer than allowed. */
export function checkLength(text: string, path: string, longest: number): void {
  if (text.length > longest) {
    throw invalid(
      `Invalid '${path}': string too long. Expected a string with maximum length ${longest}, but got a string with length ${text.length} instead.`,
      path,
      "string_above_max_length",
    );
  }
  if (text !== "") return;
  throw invalid(
    `Invalid '${path}': empty string. Expected a string with minimum length 1, but got an empty string instead.`,
    path,
    "empty_string",
  );
}

/** Images are addresses, or data of the four forms that the models can see. */
export function checkImageUrl(url: string, path: string): void {
  if (/^https?:\/\//.test(url)) return;
  if (!url.startsWith("data:")) {
    throw invalid(
      `Invalid '${path}'. Expected a valid URL, but got a value with an invalid format.`,
      path,
      "invalid_value",
    );
  }
  const isBase64 = /^data:[\w./+-]+;base64,[A-Za-z0-9+/]+={0,2}$/.test(url);
  if (!isBase64) {
    throw invalid(
      `Invalid '${path}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got a value without the 'data:' prefix.`,
      path,
      "invalid_value",
    );
  }
  if (IMAGE_DATA.test(url)) return;
  throw invalid(
    "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
    path,
    "invalid_image_format",
  );
}

/** Files are data of a type that the endpoint reads, with a name; or an id, or an address. */
export function checkFile(file: Json, path: string, types: RegExp): void {
  if (textOf(file.file_id) !== "" || textOf(file.file_url) !== "") return;
  const data = textOf(file.file_data);
  if (data === "") throw missingParameter(`${path}.file_data`);
  if (textOf(file.filename) === "") throw missingParameter(`${path}.filename`);
  const type = BASE64_DATA.exec(data)?.[1];
  if (type !== undefined && types.test(type)) return;
  throw invalid(
    type === undefined
      ? `Invalid '${path}.file_data'. Expected a base64-encoded data URL, but got a value without the 'data:' prefix.`
      : `Invalid file data: '${path}.file_data'. Expected a base64-encoded data URL with an application/pdf MIME type, but got unsupported MIME type '${type}'.`,
    path,
    "invalid_value",
  );
}

/** Metadata: sixteen short texts at most. */
export function checkMetadata(metadata: unknown): void {
  if (metadata === undefined || metadata === null) return;
  if (!isObject(metadata)) throw wrongType("metadata", "an object", metadata);
  for (const [name, value] of Object.entries(metadata)) {
    const path = `metadata.${name}`;
    if (typeof value !== "string") throw wrongType(path, "a string", value);
    if (value !== "") checkLength(value, path, 512);
    checkLength(name, path, 64);
  }
  const count = Object.keys(metadata).length;
  if (count <= 16) return;
  throw invalid(
    `Invalid 'metadata': too many properties. Expected an object with at most 16 properties, but got an object with ${count} properties instead.`,
    "metadata",
    "object_above_max_properties",
  );
}

/** The names of the tools that a request offers, whichever form their declarations have. */
export function toolNames(tools: unknown): string[] {
  return listOf(tools)
    .map(objectOf)
    .map((tool) => textOf(tool.name ?? objectOf(tool.function ?? tool.custom).name))
    .filter((name) => name !== "");
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
