import type { NeutralAnswer } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import { lossList } from "../../loss-list";
import type { AnswerFacts, Written } from "../../translator";
import { answerItems, loseForeign } from "./answer-items";
import { ownFields } from "./own-extra";
import { responseObject } from "./response-object";

/** A whole answer as a response object. */
export function writeAnswer(answer: NeutralAnswer, facts: AnswerFacts): Written {
  const { lose, list } = lossList();
  const { id, blocks, usage, finish, extra } = answer;
  loseForeign(blocks, lose);
  const output = answerItems(blocks, facts, lose);
  const state = { id, output, usage, finish, own: ownFields(extra) };
  const response = responseObject(state, facts);
  return { body: encode(JSON.stringify(response)), losses: list() };
}
