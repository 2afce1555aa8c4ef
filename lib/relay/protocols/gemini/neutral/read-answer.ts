import { AppError } from "../../../../shared/errors";
import type { StreamForm } from "../../../model";
import type { NeutralAnswer, NeutralEvent } from "../../../neutral-answer";
import { decode } from "../../../stream/bytes";
import type { Machine } from "../../../stream/machine";
import { gatherAnswer } from "../../../translation/answers";
import { eventReader } from "../../event-reader";
import { fields, parseJson, textOrNull, tokenCount } from "../../json-fields";
import { geminiUsage } from "../usage";
import { type AnswerState, answerState } from "./answer-state";
import { endingOf } from "./finish";
import { list, type Message, message, without } from "./proto-fields";
import { answerParts } from "./read-answer-parts";

const CANDIDATE_FIELDS = new Set(["content", "finishReason", "index"]);
const RESPONSE_FIELDS = new Set(["candidates", "usageMetadata", "modelVersion", "responseId"]);

/** Takes a response out of what lies around it. */
export type Unwrap = (piece: unknown) => unknown;

/**
 * A streamed answer as events. The end is told after the last byte, since sources, usage and even text
 * may follow a finishReason.
 */
export function readGeminiEvents(
  form: StreamForm,
  unwrap: Unwrap = (piece) => piece,
): Machine<Uint8Array, NeutralEvent> {
  const state = answerState();
  return eventReader(
    form,
    (piece) => readPiece(state, unwrap(piece)),
    () => state.close(),
  );
}

/**
 * A whole answer. Throws AppError("upstream_broken") for what is none.
 * @see https://ai.google.dev/api/generate-content#generatecontentresponse
 */
export function readGeminiAnswer(
  body: Uint8Array,
  unwrap: Unwrap = (piece) => piece,
): NeutralAnswer {
  const parsed = unwrap(parseJson(decode(body)));
  if (typeof parsed !== "object" || parsed === null) {
    throw new AppError("upstream_broken", "The upstream's answer is no JSON object.");
  }
  const state = answerState();
  return gatherAnswer([...readPiece(state, parsed), ...state.close()]);
}

/** Tokens that an answer of countTokens states. */
export function readGeminiCount(body: Uint8Array): number | null {
  return tokenCount(message(parseJson(decode(body))).totalTokens);
}

function readPiece(state: AnswerState, piece: unknown): NeutralEvent[] {
  if (state.isOver()) return [];
  const response = message(piece);
  if (response.error) return state.fail(failureOf(fields(response.error)));
  const candidate = message(list(response.candidates)[0]);
  const events = [
    ...state.begin(textOrNull(response.responseId), textOrNull(response.modelVersion)),
    ...state.sources(candidate),
    ...answerParts(state, candidate),
    ...usageOf(state, response.usageMetadata),
  ];
  state.end.keep(without(response, RESPONSE_FIELDS), without(candidate, CANDIDATE_FIELDS));
  return [...events, ...finishOf(state, response, candidate)];
}

function usageOf(state: AnswerState, metadata: unknown): NeutralEvent[] {
  const given = message(metadata);
  if (Object.keys(given).length > 0) state.end.keepUsage(given);
  const usage = geminiUsage(given);
  return usage ? [{ kind: "usage", usage }] : [];
}

function finishOf(state: AnswerState, response: Message, candidate: Message): NeutralEvent[] {
  const word = textOrNull(candidate.finishReason);
  if (word !== null && word !== "FINISH_REASON_UNSPECIFIED") {
    const ending = endingOf(word);
    if (typeof ending !== "string") return state.fail({ status: 502, message: ending.failure });
    state.end.finish(ending, word);
  } else if (message(response.promptFeedback).blockReason) {
    state.end.finish("refusal", null);
  }
  return [];
}

function failureOf({ code, message: text }: Readonly<Record<string, unknown>>) {
  const status = tokenCount(code) ?? 502;
  return {
    status: status >= 400 && status < 600 ? status : 502,
    message: textOrNull(text) ?? "The upstream reported an error.",
  };
}
