import { isObject, type Json, listOf, objectOf, textOf } from "../json";
import {
  checkFields,
  checkFile,
  checkImageUrl,
  checkLength,
  missingParameter,
  wrongType,
} from "../openai/checks";
import { invalid, OpenAiRefusal } from "../openai/failure";
import { checkSignature } from "../signing";
import type { UpstreamWorld } from "../world";
import { ID_PREFIXES, ITEM_FIELDS, OTHER_ITEMS, PART_FIELDS } from "./fields";

const LONGEST_ID = 64;
const INPUT_PARTS = ["input_text", "input_image", "input_file"];
const OUTPUT_PARTS = ["output_text", "refusal"];
const ROLES: Readonly<Record<string, readonly string[]>> = {
  user: INPUT_PARTS,
  system: INPUT_PARTS,
  developer: INPUT_PARTS,
  assistant: OUTPUT_PARTS,
};

/** Checks the items of a request: types, contents, pairs of calls and outputs, encrypted thoughts. */
export function checkItems(items: readonly unknown[], world: UpstreamWorld): void {
  for (const [index, item] of items.entries()) {
    const path = `input[${index}]`;
    if (!isObject(item)) throw wrongType(path, "an object", item);
    checkItem(item, path, world);
  }
  checkPairs(items.map(objectOf));
}

/** An item without a type is a message. */
export function itemType(item: Json): string {
  return textOf(item.type) || (item.role === undefined ? "" : "message");
}

function checkItem(item: Json, path: string, world: UpstreamWorld): void {
  const type = itemType(item);
  if (OTHER_ITEMS.has(type)) return;
  const fields = ITEM_FIELDS[type];
  if (fields === undefined) {
    if (type === "") throw missingParameter(`${path}.type`);
    const known = [...Object.keys(ITEM_FIELDS), ...OTHER_ITEMS].map((one) => `'${one}'`).join(", ");
    throw invalid(
      `Invalid value: '${type}'. Supported values are: ${known}.`,
      path,
      "invalid_value",
    );
  }
  checkFields(item, fields, path);
  checkId(item, type, path);
  ITEM_CHECKS[type]?.(item, path, world);
}

function checkId(item: Json, type: string, path: string): void {
  const prefix = ID_PREFIXES[type];
  if (typeof item.id !== "string") return;
  checkLength(item.id, `${path}.id`, LONGEST_ID);
  if (prefix === undefined || item.id.startsWith(prefix)) return;
  throw invalid(
    `Invalid '${path}.id': '${item.id}'. Expected an ID that begins with '${prefix}'.`,
    `${path}.id`,
    "invalid_value",
  );
}

const ITEM_CHECKS: Readonly<
  Record<string, (item: Json, path: string, world: UpstreamWorld) => void>
> = {
  message: checkMessage,
  function_call: (item, path) => {
    checkCall(item, path);
    if (typeof item.arguments !== "string") throw missingParameter(`${path}.arguments`);
  },
  custom_tool_call: (item, path) => {
    checkCall(item, path);
    if (typeof item.input !== "string") throw missingParameter(`${path}.input`);
  },
  function_call_output: checkOutput,
  custom_tool_call_output: checkOutput,
  reasoning: checkReasoning,
  compaction: (item, path, world) => {
    if (typeof item.encrypted_content !== "string") {
      throw missingParameter(`${path}.encrypted_content`);
    }
    checkEncrypted(item.encrypted_content, textOf(item.id), world);
  },
};

function checkMessage(item: Json, path: string): void {
  const known = ROLES[textOf(item.role)];
  if (known === undefined) {
    throw invalid(
      `Invalid value: '${textOf(item.role)}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`,
      `${path}.role`,
      "invalid_value",
    );
  }
  if (typeof item.content === "string") return;
  if (item.content === undefined) throw missingParameter(`${path}.content`);
  checkParts(item.content, known, `${path}.content`);
}

function checkParts(parts: unknown, known: readonly string[], path: string): void {
  if (!Array.isArray(parts)) {
    throw wrongType(path, "one of an array of objects or string", parts);
  }
  for (const [place, value] of parts.entries()) {
    const part = objectOf(value);
    const type = textOf(part.type);
    const at = `${path}[${place}]`;
    const fields = PART_FIELDS[type];
    if (fields === undefined || !known.includes(type)) {
      const list = known.map((one) => `'${one}'`).join(", ");
      throw invalid(
        `Invalid value: '${type}'. Supported values are: ${list}.`,
        at,
        "invalid_value",
      );
    }
    checkFields(part, fields, at);
    PART_CHECKS[type]?.(part, at);
  }
}

/** PDFs, texts and office documents. */
const READABLE_FILES =
  /^(?:text\/|application\/(?:pdf|json|xml|yaml|x-yaml|rtf|msword|vnd\.(?:openxmlformats|ms-|oasis)))/;

const needsText = (part: Json, path: string): void => {
  if (typeof part.text !== "string") throw missingParameter(`${path}.text`);
};

const PART_CHECKS: Readonly<Record<string, (part: Json, path: string) => void>> = {
  input_text: needsText,
  output_text: needsText,
  input_image: (part, path) => {
    if (typeof part.file_id === "string") return;
    if (typeof part.image_url !== "string") {
      throw isObject(part.image_url)
        ? wrongType(`${path}.image_url`, "an image URL", part.image_url)
        : missingParameter(`${path}.image_url`);
    }
    checkImageUrl(part.image_url, `${path}.image_url`);
  },
  input_file: (part, path) => checkFile(part, path, READABLE_FILES),
};

function checkCall(item: Json, path: string): void {
  if (typeof item.call_id !== "string") throw missingParameter(`${path}.call_id`);
  checkLength(item.call_id, `${path}.call_id`, LONGEST_ID);
  if (typeof item.name !== "string") throw missingParameter(`${path}.name`);
  if (/^[a-zA-Z0-9_-]+$/.test(item.name)) return;
  throw invalid(
    `Invalid '${path}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    `${path}.name`,
    "invalid_value",
  );
}

function checkOutput(item: Json, path: string): void {
  if (typeof item.call_id !== "string") throw missingParameter(`${path}.call_id`);
  checkLength(item.call_id, `${path}.call_id`, LONGEST_ID);
  if (item.output === undefined) throw missingParameter(`${path}.output`);
  if (typeof item.output !== "string") checkParts(item.output, INPUT_PARTS, `${path}.output`);
}

function checkReasoning(item: Json, path: string, world: UpstreamWorld): void {
  if (!Array.isArray(item.summary)) throw missingParameter(`${path}.summary`);
  for (const [place, value] of item.summary.entries()) {
    if (objectOf(value).type === "summary_text") continue;
    throw invalid(
      `Invalid value: '${textOf(objectOf(value).type)}'. Supported values are: 'summary_text'.`,
      `${path}.summary[${place}].type`,
      "invalid_value",
    );
  }
  const id = textOf(item.id);
  if (typeof item.encrypted_content === "string") {
    checkEncrypted(item.encrypted_content, id, world);
    return;
  }
  throw new OpenAiRefusal(
    404,
    `Item with id '${id}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`,
    "input",
    null,
  );
}

function checkEncrypted(content: string, id: string, world: UpstreamWorld): void {
  if (world.foreignSignatures) return;
  const sealed = content.startsWith(SEAL) ? content.slice(SEAL.length) : "";
  if (checkSignature(world.signingSecret, sealed, "") === "valid") return;
  const shown = `${content.slice(0, 4)}...${content.slice(-4)}`;
  throw invalid(
    `The encrypted content ${id === "" ? shown : `for item ${id}`} could not be verified. Reason: Encrypted content could not be decrypted or parsed.`,
    null,
    "invalid_encrypted_content",
  );
}

/** What OpenAI's encrypted contents begin with. */
export const SEAL = "gAAAAAB";

/** Each output answers a call before it, and each call has one output, wherever it stands. */
function checkPairs(items: readonly Json[]): void {
  checkPairsOf(items, "function_call", "function call");
  checkPairsOf(items, "custom_tool_call", "custom tool call");
}

function checkPairsOf(items: readonly Json[], kind: string, word: string): void {
  const known = new Set<string>();
  const open = new Set<string>();
  for (const item of items) {
    const id = textOf(item.call_id);
    if (item.type === kind) {
      known.add(id);
      open.add(id);
    }
    if (item.type !== `${kind}_output`) continue;
    if (!known.has(id)) {
      throw invalid(`No tool call found for ${word} output with call_id ${id}.`, "input");
    }
    if (!open.delete(id)) {
      throw invalid(
        `Duplicate item found with call_id ${id}. Remove duplicate items from your input and try again.`,
        "input",
      );
    }
  }
  const [lost] = open;
  if (lost !== undefined) throw invalid(`No tool output found for ${word} ${lost}.`, "input");
}

/** The items of an input, which may be a text. */
export function inputItems(input: unknown): readonly unknown[] {
  return typeof input === "string" ? [{ role: "user", content: input }] : listOf(input);
}
