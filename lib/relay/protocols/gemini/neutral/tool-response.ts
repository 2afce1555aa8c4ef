import type { ResultContent, ToolResultBlock } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { readMedia } from "./media";
import { kept } from "./own-extra";
import { list, type Message, message, without } from "./proto-fields";

/** Names under which SDKs and translators wrap a tool's text. */
const TEXT_NAMES = ["output", "result", "content"];
const RESPONSE_FIELDS = new Set(["id", "name", "response", "parts"]);
const PART_FIELDS = new Set(["functionResponse", "thoughtSignature"]);

/**
 * A function's response as the result of the call that it answers. What the response held is kept
 * where its text alone does not tell it.
 * @see https://ai.google.dev/api/caching#FunctionResponse
 */
export function readResponse(
  part: Message,
  given: Message,
  call: { id: string; name: string },
): ToolResultBlock {
  const { text, isError, isPlain } = readText(given.response);
  const media = list(given.parts)
    .map((one) => readMedia(message(one)))
    .map(withoutOwnName);
  const content: ResultContent[] = [...(text === null ? [] : [textContent(text)]), ...media];
  return {
    kind: "tool-result",
    callId: call.id,
    name: call.name,
    isError,
    content,
    cache: null,
    ...kept({
      ...without(given, RESPONSE_FIELDS),
      ...without(part, PART_FIELDS),
      ...(isPlain ? {} : { response: given.response ?? {} }),
    }),
  };
}

function textContent(text: string): ResultContent {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

/** The name is what the response's JSON calls the media by, and no title. */
function withoutOwnName(block: ResultContent): ResultContent {
  if (block.kind !== "document" || block.name === null) return block;
  return { ...block, name: null, ...kept({ displayName: block.name }) };
}

/** `isPlain`: writing the text anew makes the same response. */
function readText(response: unknown): { text: string | null; isError: boolean; isPlain: boolean } {
  const given = fields(response);
  const names = Object.keys(given);
  if (names.length === 0) return { text: null, isError: false, isPlain: false };
  const error = textOrNull(given.error);
  if (error !== null) return { text: error, isError: true, isPlain: names.length === 1 };
  const name = TEXT_NAMES.find((one) => typeof given[one] === "string");
  // Beside other fields the text is not the whole of the response.
  const text = name !== undefined && isWrapping(names) ? textOrNull(given[name]) : null;
  if (text !== null)
    return { text, isError: false, isPlain: name === "output" && names.length === 1 };
  return { text: JSON.stringify(response), isError: false, isPlain: false };
}

/** The AI SDK repeats the tool's name beside its text. */
function isWrapping(names: readonly string[]): boolean {
  return names.filter((name) => name !== "name").length === 1;
}

/**
 * The JSON of a result: Google documents `output` and `error`. null stands for a result that is told by
 * its media alone.
 */
export function responseOf(result: ToolResultBlock, text: string | null): Message {
  if (text === null) return {};
  return result.isError ? { error: text } : { output: text };
}
