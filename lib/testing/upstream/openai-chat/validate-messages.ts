import { isObject, type Json, listOf, objectOf, textOf } from "../json";
import {
  checkFields,
  checkFile,
  checkImageUrl,
  checkLength,
  checkToolName,
  missingParameter,
  wrongType,
} from "../openai/checks";
import { invalid } from "../openai/failure";
import { MESSAGE_FIELDS, PART_FIELDS, ROLE_PARTS } from "./fields";

const LONGEST_CALL_ID = 64;

/** Checks the messages of a request: roles, contents, and that every tool call is answered at once. */
export function checkMessages(body: Json): void {
  if (body.messages === undefined) throw missingParameter("messages");
  if (!Array.isArray(body.messages)) {
    throw wrongType("messages", "an array of objects", body.messages);
  }
  if (body.messages.length === 0) throw emptyArray("messages");
  for (const [index, message] of body.messages.entries()) {
    if (!isObject(message)) throw wrongType(`messages[${index}]`, "an object", message);
    checkMessage(message, `messages[${index}]`);
  }
  checkToolPairs(body.messages.map(objectOf));
}

/** OpenAI's words for a list without members. */
export function emptyArray(path: string): Error {
  return invalid(
    `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
    path,
    "empty_array",
  );
}

function checkMessage(message: Json, path: string): void {
  if (message.role === undefined) throw missingParameter(`${path}.role`);
  const role = textOf(message.role);
  const fields = MESSAGE_FIELDS[role];
  if (fields === undefined) {
    throw invalid(
      `Invalid value: '${role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.`,
      `${path}.role`,
      "invalid_value",
    );
  }
  checkFields(message, fields, path);
  checkContent(message, role, path);
  if (message.tool_calls !== undefined) checkCalls(message.tool_calls, `${path}.tool_calls`);
}

function checkContent(message: Json, role: string, path: string): void {
  const { content } = message;
  if (typeof content === "string") return;
  if (Array.isArray(content)) {
    if (content.length === 0) throw emptyArray(`${path}.content`);
    for (const [place, part] of content.entries()) {
      checkPart(objectOf(part), role, `${path}.content[${place}]`, path);
    }
    return;
  }
  const mayBeNull =
    role === "assistant" &&
    [message.tool_calls, message.function_call, message.refusal].some(isSet);
  if (!isSet(content) && mayBeNull) return;
  if (content === undefined) throw missingParameter(`${path}.content`);
  throw invalid(
    `Invalid value for 'content': expected a string, got ${content === null ? "null" : typeof content}.`,
    path.replace("[", ".["),
  );
}

function checkPart(part: Json, role: string, path: string, message: string): void {
  const type = textOf(part.type);
  const fields = PART_FIELDS[type];
  if (type === "image_url" && role !== "user") {
    throw invalid(
      `Invalid '${message}'. Image URLs are only allowed for messages with role 'user', but this message with role '${role}' contains an image URL.`,
      message,
      "invalid_value",
    );
  }
  const known = [...(ROLE_PARTS[role] ?? [])];
  if (fields === undefined || !known.includes(type)) {
    const list = known.map((one) => `'${one}'`).join(", ");
    throw invalid(
      `Invalid value: '${type}'. Supported values are: ${list}.`,
      `${path}.type`,
      "invalid_value",
    );
  }
  checkFields(part, fields, path);
  PART_CHECKS[type]?.(part, path);
}

const PART_CHECKS: Readonly<Record<string, (part: Json, path: string) => void>> = {
  text: (part, path) => {
    if (typeof part.text !== "string") throw missingParameter(`${path}.text`);
  },
  image_url: (part, path) => {
    if (!isObject(part.image_url)) {
      throw wrongType(`${path}.image_url`, "an object", part.image_url);
    }
    checkFields(part.image_url, new Set(["url", "detail"]), `${path}.image_url`);
    if (typeof part.image_url.url !== "string") throw missingParameter(`${path}.image_url.url`);
    checkImageUrl(part.image_url.url, `${path}.image_url.url`);
  },
  input_audio: (part, path) => {
    const { data, format } = objectOf(part.input_audio);
    if (typeof data !== "string") throw missingParameter(`${path}.input_audio.data`);
    if (format === "wav" || format === "mp3") return;
    throw invalid(
      `Invalid value: '${textOf(format)}'. Supported values are: 'wav' and 'mp3'.`,
      `${path}.input_audio.format`,
      "invalid_value",
    );
  },
  file: (part, path) => {
    const file = objectOf(part.file);
    checkFields(file, new Set(["file_data", "file_id", "filename"]), `${path}.file`);
    checkFile(file, `${path}.file`, /^application\/pdf$/);
  },
};

function checkCalls(calls: unknown, path: string): void {
  if (!Array.isArray(calls)) throw wrongType(path, "an array of objects", calls);
  if (calls.length === 0) throw emptyArray(path);
  for (const [index, value] of calls.entries()) {
    const call = objectOf(value);
    const at = `${path}[${index}]`;
    if (typeof call.id !== "string") throw missingParameter(`${at}.id`);
    checkLength(call.id, `${at}.id`, LONGEST_CALL_ID);
    if (call.type === undefined) throw missingParameter(`${at}.type`);
    checkCallOf(call, at);
  }
}

function checkCallOf(call: Json, path: string): void {
  if (call.type !== "function" && call.type !== "custom") {
    throw invalid(
      `Invalid value: '${textOf(call.type)}'. Supported values are: 'function' and 'custom'.`,
      `${path}.type`,
      "invalid_value",
    );
  }
  checkFields(call, new Set(["id", "type", call.type]), path);
  const field = call.type === "function" ? "arguments" : "input";
  const tool = objectOf(call[call.type]);
  checkFields(tool, new Set(["name", field]), `${path}.${call.type}`);
  checkToolName(tool.name, `${path}.${call.type}.name`);
  if (typeof tool[field] === "string") return;
  throw missingParameter(`${path}.${call.type}.${field}`);
}

/** Tool messages follow the message that called them at once, one for each call. */
function checkToolPairs(messages: readonly Json[]): void {
  let asked: string[] | null = null;
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      const id = answeredId(message, asked, index);
      open = open.filter((one) => one !== id);
      continue;
    }
    if (open.length > 0) throw unanswered(open, index);
    open = listOf(message.tool_calls).map((call) => textOf(objectOf(call).id));
    asked = open.length > 0 ? open : null;
  }
  if (open.length > 0) throw unanswered(open, messages.length);
}

function answeredId(message: Json, asked: readonly string[] | null, index: number): string {
  const param = `messages.[${index}]`;
  if (typeof message.tool_call_id !== "string") {
    throw invalid(
      "Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'.",
      `${param}.tool_call_id`,
    );
  }
  if (asked === null) {
    throw invalid(
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      `${param}.role`,
    );
  }
  if (!asked.includes(message.tool_call_id)) {
    throw invalid(
      `Invalid parameter: 'tool_call_id' of '${message.tool_call_id}' not found in 'tool_calls' of previous message.`,
      `${param}.tool_call_id`,
    );
  }
  return message.tool_call_id;
}

function unanswered(ids: readonly string[], index: number): Error {
  return invalid(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(", ")}`,
    `messages.[${index}].role`,
  );
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
