import type { Translator } from "../../translator";
import { ANSWER_LOSSES, ANSWER_STATES, CALL_LOSSES, CALL_STATES } from "./losses";
import { readAnswer, readCount } from "./read-answer";
import { readCall } from "./read-call";
import { readEvents } from "./read-events";
import { writeAnswer } from "./write-answer";
import { writeCall } from "./write-call";
import { writeEvents } from "./write-events";

/**
 * The Messages API and the neutral form.
 * @see https://docs.claude.com/en/api/messages
 */
export const anthropicTranslator: Translator = {
  readCall,
  writeCall,
  readEvents,
  writeEvents,
  readAnswer,
  writeAnswer,
  readCount,
  states: { call: CALL_STATES, answer: ANSWER_STATES },
  losses: { call: CALL_LOSSES, answer: ANSWER_LOSSES },
};
