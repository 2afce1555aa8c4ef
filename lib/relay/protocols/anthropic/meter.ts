import type { CallFacts } from "../../model";
import { encode, latin1, utf8 } from "../../stream/bytes";
import { BODY_LIMITS, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { readSseFrame, sseCutter } from "../../stream/sse";
import { stringWeight } from "../../stream/text-weight";
import { fields, parseJson, textOrNull } from "../json-fields";
import type { Meter } from "../protocol";
import { wholeAnswer } from "../whole-answer";
import { isStop, plainEnd, plainLength, textStart } from "./spelling";
import { anthropicTally } from "./usage";

/** Status that an error event would have had as an answer of its own. */
const ERROR_STATUS: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  timeout_error: 504,
  overloaded_error: 529,
};

/** Reads along an answer of the Messages API, streamed or whole. */
export function anthropicMeter(facts: Pick<CallFacts, "stream">): Meter {
  return facts.stream ? streamMeter() : wholeMeter();
}

function streamMeter(): Meter {
  const tally = anthropicTally();
  let weight = 0;
  let model: string | null = null;
  let complete = false;
  let failure: { status: number; message: string } | null = null;

  const byType: Readonly<Record<string, (event: Readonly<Record<string, unknown>>) => void>> = {
    message_start({ message }) {
      model = textOrNull(fields(message).model);
      tally.add(fields(message).usage);
    },
    message_delta({ usage }) {
      tally.add(usage);
    },
    message_stop() {
      complete = true;
    },
    error({ error }) {
      failure = inBand(fields(error));
    },
    content_block_delta({ delta }) {
      const { text, partial_json, thinking } = fields(delta);
      const delivered = text ?? partial_json ?? thinking;
      weight += stringWeight(quoted(typeof delivered === "string" ? delivered : ""), 1);
    },
  };
  const parse = (text: string, start: number, end: number) => {
    const frame = readSseFrame(text, start, end);
    if (!frame || (frame.event !== null && !Object.hasOwn(byType, frame.event))) return;
    const parsed = parseJson(utf8(frame.data));
    // The half of an event that a dying upstream leaves behind states nothing.
    if (parsed === undefined) return;
    const event = fields(parsed);
    const type = textOrNull(event.type) ?? frame.event ?? "";
    if (Object.hasOwn(byType, type)) byType[type]?.(event);
  };
  const skim = (text: string, start: number) => {
    let at = start;
    for (let end = plainEnd(text, at); end >= 0; end = plainEnd(text, at)) {
      weight += plainLength(text, at);
      at = end;
    }
    return at;
  };
  const take = (text: string, start: number, end: number) => {
    const delivered = textStart(text, start);
    if (delivered >= 0) weight += stringWeight(text, delivered, end);
    else if (isStop(text, start)) complete = true;
    else parse(text, start, end);
  };
  const cutter = sseCutter(take, { skim });
  return {
    push: cutter.push,
    end: cutter.end,
    usage: tally.usage,
    reportedModel: () => model,
    complete: () => complete,
    inBandError: () => failure,
    deliveredChars: () => weight,
  };
}

function quoted(text: string): string {
  return latin1(encode(JSON.stringify(text)));
}

const ANSWER_PATHS = jsonPaths("type", "model", "usage", "error", "content");
const ANSWER_LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

function wholeMeter(): Meter {
  const tally = anthropicTally();
  const answer = wholeAnswer();
  let model: string | null = null;
  let weight = 0;
  let complete = false;
  let failure: { status: number; message: string } | null = null;

  const read = () => {
    const bytes = answer.bytes();
    const found = scanJson(bytes, ANSWER_PATHS, ANSWER_LIMITS);
    complete = true;
    model = textOrNull(parseSpan(bytes, found.get("model")));
    tally.add(parseSpan(bytes, found.get("usage")));
    const content = found.get("content");
    if (content) weight = content.end - content.start;
    if (parseSpan(bytes, found.get("type")) === "error") {
      failure = inBand(fields(parseSpan(bytes, found.get("error"))));
    }
  };
  return {
    push: answer.push,
    end() {
      try {
        read();
      } catch {
        // An answer that is no JSON is still the client's answer.
      }
    },
    usage: tally.usage,
    reportedModel: () => model,
    complete: () => complete,
    inBandError: () => failure,
    deliveredChars: () => weight,
  };
}

/** Status and message of an `error` event. */
export function inBand({ type, message }: Readonly<Record<string, unknown>>) {
  const status = ERROR_STATUS[textOrNull(type) ?? ""] ?? 502;
  return { status, message: textOrNull(message) ?? "The upstream reported an error." };
}
