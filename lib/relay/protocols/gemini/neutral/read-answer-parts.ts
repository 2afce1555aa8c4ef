import type { NeutralEvent } from "../../../neutral-answer";
import { textOrNull } from "../../json-fields";
import type { AnswerState } from "./answer-state";
import { readMedia } from "./media";
import { kept } from "./own-extra";
import { list, type Message, message, without } from "./proto-fields";
import { otherPart, readCodeRun } from "./read-turns";

/** The parts of one piece of an answer as events. */
export function answerParts(state: AnswerState, candidate: Message): NeutralEvent[] {
  return list(message(candidate.content).parts)
    .map(message)
    .flatMap((part) => readPart(state, part));
}

function readPart(state: AnswerState, part: Message): NeutralEvent[] {
  const signature = textOrNull(part.thoughtSignature);
  if (part.functionCall) return readCall(state, part, signature);
  if (part.inlineData || part.fileData) return readImage(state, part);
  if (part.executableCode || part.codeExecutionResult) {
    return state.whole(readCodeRun(part, state.hostedId(Boolean(part.executableCode))));
  }
  if (typeof part.text === "string") {
    return state.grow(part.thought === true ? "thinking" : "text", part.text, signature);
  }
  const other = otherPart(part);
  // A part with a signature and nothing else signs what came before it.
  if (other.name === "part") return state.grow("text", "", signature);
  return state.whole(other);
}

const CALL_FIELDS = new Set(["functionCall", "thoughtSignature", "thought"]);

function readCall(state: AnswerState, part: Message, signature: string | null): NeutralEvent[] {
  const { id, name, args } = message(part.functionCall);
  const block = {
    kind: "tool-call" as const,
    id: textOrNull(id) ?? "",
    name: textOrNull(name) ?? "",
    ...kept(without(part, CALL_FIELDS)),
  };
  return state.call(block, JSON.stringify(args ?? {}), signature);
}

/** Answers hold images; what else a model makes only Google's protocols can carry. */
function readImage(state: AnswerState, part: Message): NeutralEvent[] {
  const media = readMedia(part);
  return state.whole(media.kind === "image" ? media : otherPart(part));
}
