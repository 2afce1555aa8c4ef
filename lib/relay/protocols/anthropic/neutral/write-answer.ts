import type { NeutralAnswer } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import { lossList } from "../../loss-list";
import type { AnswerFacts, Written } from "../../translator";
import { writeAnswerBlock } from "./answer-blocks";
import { messageHead } from "./message-head";
import { STOP_REASONS } from "./stop-reasons";
import { ownFields } from "./wire";
import { writeUsage } from "./write-usage";

/**
 * A whole answer as a message.
 * @see https://docs.claude.com/en/api/messages
 */
export function writeAnswer(answer: NeutralAnswer, facts: AnswerFacts): Written {
  const { lose, list } = lossList();
  const blocks = answer.blocks.map((block) => writeAnswerBlock(block, lose));
  const message = {
    ...messageHead(answer.id, facts),
    content: blocks.filter((block) => block !== null),
    stop_reason: STOP_REASONS[answer.finish],
    stop_sequence: answer.stopSequence,
    stop_details: null,
    usage: writeUsage(answer.usage),
    ...ownFields(answer.extra),
  };
  return { body: encode(JSON.stringify(message)), losses: list() };
}
