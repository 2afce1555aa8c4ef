import { AppError } from "../../../../shared/errors";
import type { CallFacts } from "../../../model";
import type { NeutralCall } from "../../../neutral";
import { encode } from "../../../stream/bytes";
import type { CallTarget, Translator, Written } from "../../translator";
import { GEMINI_LOSSES, GEMINI_STATES } from "../neutral/known-losses";
import { lossList } from "../neutral/loss-list";
import { list, type Message, message } from "../neutral/proto-fields";
import { readGeminiAnswer, readGeminiCount, readGeminiEvents } from "../neutral/read-answer";
import { bodyOf, readRequest } from "../neutral/read-call";
import { writeGeminiAnswer } from "../neutral/write-answer";
import { writeRequest } from "../neutral/write-call";
import { writeGeminiEvents } from "../neutral/write-events";

/**
 * The same messages as the Gemini API's, wrapped: calls in `request`, answers in `response`. Project,
 * prompt id and session name the caller's place at Google and not what is asked, so they are neither
 * read nor written: an account states its own.
 * @see https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/converter.ts
 */
export const codeAssistTranslator: Translator = {
  readCall,
  writeCall,
  readEvents: (form) => readGeminiEvents(form, unwrap),
  writeEvents: (facts) => writeGeminiEvents(facts, wrap),
  readAnswer: (body) => readGeminiAnswer(body, unwrap),
  writeAnswer: (answer, facts) => writeGeminiAnswer(answer, facts, wrap),
  readCount: readGeminiCount,
  states: GEMINI_STATES,
  losses: GEMINI_LOSSES,
};

function readCall(body: Uint8Array, facts: CallFacts): NeutralCall {
  const { request } = bodyOf(body);
  if (typeof request !== "object" || request === null) {
    throw new AppError("invalid_request", "request: the call itself is required.");
  }
  const { sessionId: _session, model: _model, ...inner } = message(request);
  return readRequest(inner, facts);
}

function writeCall(call: NeutralCall, { model, action }: CallTarget): Written {
  const losses = lossList();
  const request = writeRequest(call, model, losses);
  const name = model.replace(/^models\//, "");
  const body =
    action === "count"
      ? { request: { model: `models/${name}`, contents: countedContents(request) } }
      : { model: name, request };
  return { body: encode(JSON.stringify(body)), losses: losses.all() };
}

/** A count takes contents only: what else the call would send is counted as one more. */
function countedContents({ contents, systemInstruction, tools }: Message): unknown[] {
  const parts = [
    ...list(message(systemInstruction).parts),
    ...list(tools).map((tool) => ({ text: JSON.stringify(tool) })),
  ];
  return [...(parts.length > 0 ? [{ role: "user", parts }] : []), ...list(contents)];
}

/** Errors inside a stream are not wrapped. */
function unwrap(piece: unknown): unknown {
  return message(piece).response ?? piece;
}

function wrap(response: Message): Message {
  return { response };
}
