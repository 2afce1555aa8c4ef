import type { NeutralEvent, OpenBlock } from "../../../neutral-answer";
import type { Citation, ImageBlock } from "../../../neutral-blocks";
import { freeText } from "../../custom-input";
import type { Fields } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import { writeAnnotation } from "./annotations";
import { answeredCall, isCustomCall } from "./answer-call";
import { answeredImage } from "./answer-image";

type BlockEvent = Exclude<NeutralEvent, { kind: "start" | "usage" | "finish" | "fail" }>;
type OpenCall = Extract<OpenBlock, { kind: "tool-call" }>;

/** The deltas of an answer's blocks. */
export function blockDeltas(facts: AnswerFacts, older: boolean) {
  const texts = textDeltas();
  const images: Fields[] = [];
  let calls = 0;
  let write: BlockWriter = NOTHING;

  const opened = (block: OpenBlock): BlockWriter => {
    if (block.kind === "text") return texts.open();
    if (block.kind === "thinking")
      return { ...NOTHING, delta: (text) => [{ reasoning_content: text }] };
    const index = calls++;
    if (older) return index === 0 ? olderCall(block) : NOTHING;
    return isCustomCall(block, facts)
      ? customCall(block, index, facts)
      : functionCall(block, index, facts);
  };
  const draw = (block: ImageBlock) => {
    const image = answeredImage(block, images.length);
    if (image) images.push(image);
  };
  const close = (): Fields[] => {
    const last = write.close();
    write = NOTHING;
    return last;
  };
  return {
    write(event: BlockEvent): Fields[] {
      if (event.kind === "delta") return write.delta(event.text);
      if (event.kind === "cite") texts.cite(event.citation);
      if (event.kind === "sign" || event.kind === "cite") return [];
      const last = close();
      if (event.kind === "open") {
        write = opened(event.block);
        return [...last, ...write.open()];
      }
      if (event.kind === "whole" && event.block.kind === "image") draw(event.block);
      return last;
    },
    /** What clients keep only the last of is told once, and all of it. */
    end(): Fields[] {
      const annotations = texts.annotations();
      return [
        ...close(),
        ...(annotations.length > 0 ? [{ annotations }] : []),
        ...(images.length > 0 ? [{ images }] : []),
      ];
    },
  };
}

/** Tells one block. */
interface BlockWriter {
  open(): Fields[];
  delta(text: string): Fields[];
  close(): Fields[];
}

const NOTHING: BlockWriter = { open: () => [], delta: () => [], close: () => [] };

/** All texts are one here: citations count from where the first one begins. */
function textDeltas() {
  const all: Fields[] = [];
  let cited: Citation[] = [];
  let begin = 0;
  let length = 0;
  return {
    open(): BlockWriter {
      begin += length;
      length = 0;
      return {
        open: () => [],
        delta(text) {
          length += text.length;
          return [{ content: text }];
        },
        close() {
          for (const citation of cited) {
            const annotation = writeAnnotation(citation, { begin, length });
            if (annotation) all.push(annotation);
          }
          cited = [];
          return [];
        },
      };
    },
    cite(citation: Citation) {
      cited.push(citation);
    },
    annotations: () => all,
  };
}

function functionCall(block: OpenCall, index: number, facts: AnswerFacts): BlockWriter {
  const opening = { tool_calls: [{ index, ...answeredCall(block, "", index, facts) }] };
  return functionInput(opening, (text) => ({
    tool_calls: [{ index, function: { arguments: text } }],
  }));
}

/** The free text of a custom tool is told when it is whole: it may come wrapped in JSON. */
function customCall(block: OpenCall, index: number, facts: AnswerFacts): BlockWriter {
  let input = "";
  return {
    open: () => [{ tool_calls: [{ index, ...answeredCall(block, "", index, facts) }] }],
    delta(text) {
      input += text;
      return [];
    },
    close() {
      return [{ tool_calls: [{ index, custom: { input: freeText(input) } }] }];
    },
  };
}

/** The older form knows one call, and no id of it. */
function olderCall({ name }: OpenCall): BlockWriter {
  return functionInput({ function_call: { name, arguments: "" } }, (text) => ({
    function_call: { arguments: text },
  }));
}

/** Clients parse the arguments of a function without any. */
function functionInput(opening: Fields, piece: (text: string) => Fields): BlockWriter {
  let isEmpty = true;
  const delta = (text: string) => {
    isEmpty = false;
    return [piece(text)];
  };
  return { open: () => [opening], delta, close: () => (isEmpty ? delta("{}") : []) };
}
