import type { AnswerBlock, NeutralAnswer } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import { fields } from "../../json-fields";
import { type Lose, lossList } from "../../loss-list";
import { writeChatUsage } from "../../openai-usage";
import { type Fields, without } from "../../own-extra";
import type { AnswerFacts, Written } from "../../translator";
import { writeAnnotation } from "./annotations";
import { answeredCall } from "./answer-call";
import { answeredImage } from "./answer-image";
import { completionHead } from "./completion-head";
import { writeFinish } from "./finish-reasons";
import { isOwn, ownFields } from "./own-extra";
import { wantsFunctionCall } from "./read-tools";

/**
 * A whole answer.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function writeAnswer(answer: NeutralAnswer, facts: AnswerFacts): Written {
  const { lose, list } = lossList();
  const { id, blocks, finish, usage, extra } = answer;
  const own = ownFields(extra);
  const older = wantsFunctionCall(facts.call.tools);
  const choice = {
    index: 0,
    message: { ...messageOf(blocks, facts, older, lose), ...fields(own.message) },
    logprobs: null,
    finish_reason: writeFinish(finish, older),
    ...fields(own.choice),
  };
  const completion = {
    ...completionHead(id, "chat.completion", facts),
    ...(isOwn(extra) ? { id } : {}),
    choices: [choice],
    ...(usage ? { usage: writeChatUsage(usage) } : {}),
    ...without(own, "choice", "message"),
  };
  return { body: encode(JSON.stringify(completion)), losses: list() };
}

/** What an answer's blocks come to in one message. */
interface Gathered {
  content: string | null;
  refusal: string | null;
  thoughts: string | null;
  annotations: Fields[];
  images: Fields[];
  calls: Fields[];
}

function messageOf(
  blocks: readonly AnswerBlock[],
  facts: AnswerFacts,
  older: boolean,
  lose: Lose,
): Fields {
  const into: Gathered = {
    content: null,
    refusal: null,
    thoughts: null,
    annotations: [],
    images: [],
    calls: [],
  };
  for (const block of blocks) take(block, into, facts, lose);
  const { calls, annotations, images, thoughts } = into;
  const [first] = older ? calls : [];
  // An answer without a word is an empty text, but where it calls or refuses.
  const content = into.content ?? (calls.length > 0 || into.refusal !== null ? null : "");
  return {
    role: "assistant",
    content,
    refusal: into.refusal,
    ...(thoughts === null ? {} : { reasoning_content: thoughts }),
    ...(annotations.length > 0 ? { annotations } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...(first ? { function_call: first.function } : {}),
    ...(calls.length > 0 && !older ? { tool_calls: calls } : {}),
  };
}

function take(block: AnswerBlock, into: Gathered, facts: AnswerFacts, lose: Lose): void {
  if (block.kind === "text") takeText(block, into, lose);
  else if (block.kind === "thinking") takeThought(block, into);
  else if (block.kind === "tool-call") {
    const input = block.input === "" ? "{}" : block.input;
    into.calls.push(answeredCall(block, input, into.calls.length, facts));
  } else takeWhole(block, into, lose);
}

function takeText(
  { text, citations, extra }: Extract<AnswerBlock, { kind: "text" }>,
  into: Gathered,
  lose: Lose,
): void {
  if (ownFields(extra).type === "refusal") {
    into.refusal = (into.refusal ?? "") + text;
    return;
  }
  const place = { begin: into.content?.length ?? 0, length: text.length };
  for (const citation of citations) {
    const annotation = writeAnnotation(citation, place);
    if (annotation) into.annotations.push(annotation);
    else lose("citations", "citation without an address");
  }
  into.content = (into.content ?? "") + text;
}

/** Not OpenAI's, whose thoughts stay hidden, but of all who show theirs. */
function takeThought({ text }: Extract<AnswerBlock, { kind: "thinking" }>, into: Gathered): void {
  if (text === "") return;
  into.thoughts = into.thoughts === null ? text : `${into.thoughts}\n\n${text}`;
}

type Whole = Exclude<AnswerBlock, { kind: "text" | "thinking" | "tool-call" }>;

function takeWhole(block: Whole, into: Gathered, lose: Lose): void {
  if (block.kind === "image") {
    const image = answeredImage(block, into.images.length);
    if (image) into.images.push(image);
    else lose("image-form", "image");
    return;
  }
  if (block.kind === "redacted-thinking") lose("thought", "redacted thinking");
  else if (block.kind === "other") lose("other-fields", block.name);
  else lose("hosted-tool", block.tool);
}
