import type { AnswerBlock, NeutralEvent, OpenBlock } from "../../../neutral-answer";
import { eventsOfBlock } from "../../../translation/answers";
import { fields, textOrNull, tokenCount } from "../../json-fields";
import { type Fields, without } from "../../own-extra";
import { kept } from "./own-extra";
import { readOutputItem } from "./read-answer";
import { readAnnotation } from "./read-parts";

/** One item of a streamed answer while its pieces arrive. */
export interface OpenItem {
  /** Events that a piece of it tells. */
  take(type: string, piece: Fields): NeutralEvent[];
  /** May the next item begin before this one's own end? Only when nothing is lost by it. */
  givesWay(): boolean;
  /** Ends what is open. */
  close(): NeutralEvent[];
}

/** An item of which nothing arrived yet. */
export function openItem(): OpenItem {
  let added: Fields = {};
  let isOpen = false;
  let told = false;

  const close = (): NeutralEvent[] => {
    if (!isOpen) return [];
    isOpen = false;
    return [{ kind: "close" }];
  };
  const open = (block: OpenBlock): NeutralEvent[] => {
    if (isOpen) return [];
    isOpen = true;
    told = true;
    return [{ kind: "open", block }];
  };
  const delta = (block: OpenBlock, piece: Fields) => [...open(block), ...textOf(piece)];
  const nextPart = (piece: Fields): NeutralEvent[] => {
    const isFirst = (tokenCount(piece.summary_index ?? piece.content_index) ?? 0) === 0;
    return isFirst || !isOpen ? [] : [{ kind: "delta", text: "\n\n" }];
  };
  const end = (item: Fields): NeutralEvent[] => {
    const blocks = readOutputItem(item);
    const events = told ? [] : blocks.filter(hasContent).flatMap(eventsOfBlock);
    if (!isOpen) return events;
    const [block] = blocks;
    const signature = block?.kind === "thinking" ? block.signature : null;
    const sign = signature === null ? [] : [{ kind: "sign" as const, signature }];
    return [...sign, ...close()];
  };
  const call = (): OpenBlock => ({
    kind: "tool-call",
    id: textOrNull(added.call_id) ?? "",
    name: textOrNull(added.name) ?? "",
    ...kept(extraOfCall(added)),
  });
  const input = (piece: Fields) => delta(call(), piece);
  const byType: Readonly<Record<string, (piece: Fields) => NeutralEvent[]>> = {
    "response.output_item.added"(piece) {
      added = fields(piece.item);
      return CALLS.has(added.type) ? open(call()) : [];
    },
    "response.output_item.done": ({ item }) => end(fields(item)),
    "response.content_part.done": () => (added.type === "reasoning" ? [] : close()),
    "response.output_text.delta": (piece) => delta({ kind: "text" }, piece),
    "response.refusal.delta": (piece) => delta({ kind: "text" }, piece),
    "response.output_text.annotation.added": ({ annotation }) => [
      ...open({ kind: "text" }),
      { kind: "cite", citation: readAnnotation(annotation) },
    ],
    "response.reasoning_summary_part.added": nextPart,
    "response.reasoning_summary_text.delta": (piece) => delta({ kind: "thinking" }, piece),
    "response.reasoning_text.delta": (piece) => delta({ kind: "thinking" }, piece),
    "response.function_call_arguments.delta": input,
    "response.custom_tool_call_input.delta": input,
    "response.function_call_arguments.done": (piece) => whole(piece.arguments),
    "response.custom_tool_call_input.done": (piece) => whole(piece.input),
  };
  let delivered = false;
  /** Some servers state the input of a call at its end only. */
  const whole = (given: unknown): NeutralEvent[] => {
    const text = textOrNull(given) ?? "";
    return delivered || text === "" ? [] : delta(call(), { delta: text });
  };
  return {
    take(type, piece) {
      const events = Object.hasOwn(byType, type) ? byType[type]?.(piece) : [];
      if (events?.some(({ kind }) => kind === "delta")) delivered = true;
      return events ?? [];
    },
    // Thoughts that are to be sent back encrypted are complete at their own end only.
    givesWay: () => added.type === "reasoning" && typeof added.encrypted_content !== "string",
    close,
  };
}

function textOf({ delta }: Fields): NeutralEvent[] {
  const text = textOrNull(delta) ?? "";
  return text === "" ? [] : [{ kind: "delta", text }];
}

const CALLS: ReadonlySet<unknown> = new Set(["function_call", "custom_tool_call"]);

/** The id of its item is not the call's and changes nothing for who answers it. */
function extraOfCall(item: Fields): Fields {
  const type = item.type === "custom_tool_call" ? { type: item.type } : {};
  const known = ["type", "id", "call_id", "name", "arguments", "input", "status"];
  return { ...without(item, ...known), ...type };
}

function hasContent(block: AnswerBlock): boolean {
  return block.kind !== "thinking" || block.text !== "" || block.signature !== null;
}
