import type { CallFacts, Usage } from "../../model";
import { indexOfNeedle, needle } from "../../stream/bytes";
import { type ArrayCutter, jsonArrayCutter, objectStart } from "../../stream/json-array";
import { BODY_LIMITS, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { readSseFrame, sseCutter } from "../../stream/sse";
import { stringWeight } from "../../stream/text-weight";
import { fields, textOrNull, tokenCount } from "../json-fields";
import type { Meter } from "../protocol";
import { wholeAnswer } from "../whole-answer";
import { geminiUsage } from "./usage";

const PATHS = jsonPaths("usageMetadata", "modelVersion", "error");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

const USAGE = needle('"usageMetadata"');
const ERROR = needle('"error"');
const FINISH = needle('"finishReason"');
const BLOCKED = needle('"blockReason"');
const TEXT = needle('"text"');

/** Reads along an answer of generateContent, whole or streamed in either form. */
export function geminiMeter({ stream }: Pick<CallFacts, "stream">): Meter {
  const reading = answerReading();
  if (stream === "sse") {
    const cutter = sseCutter((frame) => reading.take(readSseFrame(frame)?.data ?? null));
    return { ...reading.meter, push: cutter.push, end: () => reading.ending(cutter.end) };
  }
  if (stream === "array") return arrayMeter(reading);
  const answer = wholeAnswer();
  let whole = false;
  return {
    ...reading.meter,
    push: answer.push,
    end() {
      reading.take(answer.bytes());
      whole = isWhole(answer.bytes());
    },
    complete: () => whole,
  };
}

type Reading = ReturnType<typeof answerReading>;

function arrayMeter(reading: Reading): Meter {
  const cutter: ArrayCutter = jsonArrayCutter((frame) => {
    const start = objectStart(frame);
    reading.take(start < 0 ? null : frame.subarray(start));
  });
  return {
    ...reading.meter,
    push: cutter.push,
    end: () => reading.ending(cutter.end),
    complete: () => cutter.closed() && reading.meter.complete(),
  };
}

/**
 * Each piece of an answer is a whole response with usage so far. The newest piece that states usage
 * is kept as bytes and only parsed when somebody asks.
 */
function answerReading() {
  let unread: Uint8Array | null = null;
  let usage: Usage | null = null;
  let model: string | null = null;
  let failure: { status: number; message: string } | null = null;
  let weight = 0;
  let finished = false;
  let ends = false;

  const read = () => {
    if (!unread) return;
    const piece = unread;
    unread = null;
    const found = scanSafely(piece);
    usage = geminiUsage(parseSpan(piece, found.get("usageMetadata"))) ?? usage;
    model = textOrNull(parseSpan(piece, found.get("modelVersion"))) ?? model;
  };
  const readError = (piece: Uint8Array) => {
    const stated = parseSpan(piece, scanSafely(piece).get("error"));
    if (stated !== undefined && stated !== null) failure = inBand(fields(stated));
  };
  const take = (piece: Uint8Array | null) => {
    // The half of a piece that a dying upstream leaves behind states nothing.
    if (!piece || (ends && !isWhole(piece))) return;
    if (indexOfNeedle(piece, USAGE) >= 0) unread = piece;
    if (indexOfNeedle(piece, ERROR) >= 0) readError(piece);
    if (!finished) finished = [FINISH, BLOCKED].some((sought) => indexOfNeedle(piece, sought) >= 0);
    weight += textWeight(piece);
  };
  const meter: Omit<Meter, "push" | "end"> = {
    usage() {
      read();
      return usage;
    },
    reportedModel() {
      read();
      return model;
    },
    complete: () => finished,
    inBandError: () => failure,
    deliveredChars: () => weight,
  };
  const ending = (end: () => void) => {
    ends = true;
    end();
  };
  return { take, ending, meter };
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    scanJson(bytes, PATHS, LIMITS);
    return true;
  } catch {
    return false;
  }
}

function scanSafely(piece: Uint8Array) {
  try {
    return scanJson(piece, PATHS, LIMITS);
  } catch {
    // A frame that we cannot read is still the client's frame.
    return new Map<string, never>();
  }
}

/** Weight of all `"text"` strings, thoughts included. */
function textWeight(piece: Uint8Array): number {
  let weight = 0;
  for (let at = indexOfNeedle(piece, TEXT); at >= 0; at = indexOfNeedle(piece, TEXT, at)) {
    at += TEXT.bytes.length;
    const quote = piece.indexOf(0x22, at);
    if (quote < 0) break;
    weight += stringWeight(piece, quote + 1);
    at = quote + 1;
  }
  return weight;
}

function inBand({ code, message }: Readonly<Record<string, unknown>>) {
  const status = tokenCount(code) ?? 502;
  return {
    status: status >= 400 && status < 600 ? status : 502,
    message: textOrNull(message) ?? "The upstream reported an error.",
  };
}
