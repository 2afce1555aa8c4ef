import type { Usage } from "../../../model";
import type { FinishReason, NeutralAnswer } from "../../../neutral-answer";
import type { Extra } from "../../../neutral-blocks";
import { encode } from "../../../stream/bytes";
import { fields, textOrNull } from "../../json-fields";
import type { AnswerFacts, Written } from "../../translator";
import { wordOf } from "./finish";
import { lossList } from "./loss-list";
import { ownFields } from "./own-extra";
import { type Message, stated } from "./proto-fields";
import { partsOf } from "./write-answer-parts";
import { groundingWriter } from "./write-grounding";
import { writeUsage } from "./write-usage";

/** Puts a response into what lies around it. */
export type Wrap = (response: Message) => Message;

/**
 * A whole answer of generateContent.
 * @see https://ai.google.dev/api/generate-content#generatecontentresponse
 */
export function writeGeminiAnswer(
  answer: NeutralAnswer,
  facts: AnswerFacts,
  wrap: Wrap = (response) => response,
): Written {
  const losses = lossList();
  const grounding = groundingWriter();
  const parts = answer.blocks.flatMap((block) => partsOf(block, grounding, losses));
  const { finish: reason, extra, usage, id } = answer;
  const ending = { reason, extra, metadata: grounding.metadata() };
  const response = writeResponse(
    parts,
    usage,
    { id: id ?? facts.requestId, model: facts.model },
    ending,
  );
  return { body: encode(JSON.stringify(wrap(response))), losses: losses.all() };
}

/** The end of an answer, as its last response states it. */
export interface Ending {
  reason: FinishReason;
  extra: Extra | undefined;
  metadata: Message;
}

/** One response, which is the whole answer or a piece of it; `ending` is given with the last one. */
export function writeResponse(
  parts: readonly Message[],
  usage: Usage | null,
  names: { id: string; model: string },
  ending: Ending | null,
): Message {
  const own = ownFields(ending?.extra);
  const candidate = {
    content: { parts, role: "model" },
    ...(ending ? { finishReason: wordOf(ending.reason), ...ending.metadata } : {}),
    index: 0,
    ...fields(own.candidate),
  };
  const counted = own.usageMetadata ?? (usage ? writeUsage(usage) : null);
  return stated({
    // A prompt that was blocked has no candidates at all.
    candidates: own.blocked === true ? null : [candidate],
    usageMetadata: counted,
    modelVersion: names.model,
    responseId: textOrNull(names.id),
    ...fields(own.response),
  });
}
