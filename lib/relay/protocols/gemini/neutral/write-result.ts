import type { ResultContent, ToolReference, ToolResultBlock } from "../../../neutral-blocks";
import type { LossList } from "./loss-list";
import { writeMedia } from "./media";
import type { ModelTraits } from "./model-traits";
import { ownFields } from "./own-extra";
import type { Message } from "./proto-fields";
import { responseOf } from "./tool-response";

/** Names of the called tools by the ids of their calls. */
export type CallNames = ReadonlyMap<string, string>;

interface Context {
  traits: ModelTraits;
  losses: LossList;
  calls: CallNames;
}

const PART_OWN = new Set(["response", "scheduling", "willContinue"]);

/**
 * A tool's result as the part that answers its call, and the media that have to stand beside it: from 3
 * on a response holds them itself.
 * @see https://ai.google.dev/gemini-api/docs/function-calling#multimodal
 */
export function writeResult(
  result: ToolResultBlock,
  { traits, losses, calls }: Context,
): { part: Message; beside: Message[] } {
  losses.addForeign(result.extra);
  const media = result.content.flatMap((one) => writeContent(one, losses));
  const holds = traits.generation >= 3;
  const own = ownFields(result.extra);
  const name = calls.get(result.callId) ?? result.name;
  const text = textOf(result.content);
  const functionResponse = {
    ...(result.callId === "" ? {} : { id: result.callId }),
    name,
    response: responseOf(result, text),
    ...(holds && media.length > 0 ? { parts: media } : {}),
    ...picked(own, (field) => PART_OWN.has(field)),
  };
  const part = { functionResponse, ...picked(own, (field) => !PART_OWN.has(field)) };
  return { part, beside: holds ? [] : media.map(unnamed) };
}

/** The name of a tool that was found, as the text of its JSON. */
export function referenceText({ name }: ToolReference): string {
  return JSON.stringify({ type: "tool_reference", tool_name: name });
}

/** All texts of a result; null when it has media only. */
function textOf(content: readonly ResultContent[]): string | null {
  const texts = content.flatMap((one) => {
    if (one.kind === "text") return [one.text];
    if (one.kind === "tool-reference") return [referenceText(one)];
    // A response has no part for plain text.
    return one.kind === "document" && one.source.kind === "text" ? [one.source.text] : [];
  });
  if (texts.length > 0) return texts.join("\n");
  return content.length === 0 ? "" : null;
}

function writeContent(one: ResultContent, losses: LossList): Message[] {
  if (one.kind !== "image" && one.kind !== "document") return [];
  if (one.source.kind === "text") return [];
  losses.addForeign(one.extra);
  const data = writeMedia(one.source);
  if (!data) {
    losses.add("file-reference", one.kind);
    return [];
  }
  const { displayName } = ownFields(one.extra);
  if (displayName === undefined) return [data];
  return [
    Object.fromEntries(
      Object.entries(data).map(([field, value]) => [field, { ...Object(value), displayName }]),
    ),
  ];
}

/** Outside of a response media have no names. */
function unnamed(part: Message): Message {
  return Object.fromEntries(
    Object.entries(part).map(([field, value]) => {
      const { displayName: _, ...rest } = Object(value);
      return [field, rest];
    }),
  );
}

function picked(given: Message, wanted: (field: string) => boolean): Message {
  return Object.fromEntries(Object.entries(given).filter(([field]) => wanted(field)));
}
