import { decode } from "../../../stream/bytes";
import { fields, parseJson, tokenCount } from "../../json-fields";
import type { Translator } from "../../translator";
import { ANSWER_LOSSES, ANSWER_STATES, CALL_LOSSES, CALL_STATES } from "./losses";
import { readAnswer } from "./read-answer";
import { readCall } from "./read-call";
import { readEvents } from "./read-events";
import { writeAnswer } from "./write-answer";
import { writeCall } from "./write-call";
import { writeEvents } from "./write-events";

/** The Responses API, read into the neutral form and written from it. */
export const responsesTranslator: Translator = {
  readCall,
  writeCall,
  readEvents,
  writeEvents,
  readAnswer,
  writeAnswer,
  readCount: (body) => tokenCount(fields(parseJson(decode(body))).input_tokens),
  states: { call: CALL_STATES, answer: ANSWER_STATES },
  losses: { call: CALL_LOSSES, answer: ANSWER_LOSSES },
};
