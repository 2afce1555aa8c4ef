import type { CallFacts, Usage } from "../../model";
import { fromLatin1, latin1 } from "../../stream/bytes";
import { type ArrayCutter, jsonArrayCutter, objectStart } from "../../stream/json-array";
import {
  BODY_LIMITS,
  type JsonPaths,
  jsonPaths,
  parseSpan,
  scanJson,
} from "../../stream/json-scan";
import { readSseFrame, sseCutter } from "../../stream/sse";
import { stringWeight } from "../../stream/text-weight";
import { fields, textOrNull, tokenCount } from "../json-fields";
import type { Meter } from "../protocol";
import { wholeAnswer } from "../whole-answer";
import { geminiUsage } from "./usage";

/** Where a piece of an answer states what is metered. */
export interface MeterPlaces {
  usage: string;
  model: string;
  paths: JsonPaths;
}

/** The places below `root`, which is written before each name; an error lies at the top. */
export function meterPlaces(root: string): MeterPlaces {
  const usage = `${root}usageMetadata`;
  const model = `${root}modelVersion`;
  return { usage, model, paths: jsonPaths(usage, model, "error") };
}

const OWN_PLACES = meterPlaces("");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

const NO_PATHS = jsonPaths();

const USAGE = '"usageMetadata"';
const ERROR = '"error"';
const ENDS = ['"finishReason"', '"blockReason"'];
const TEXT = '"text"';

/** Reads along an answer of generateContent, whole or streamed in either form. */
export function geminiMeter(
  { stream }: Pick<CallFacts, "stream">,
  places: MeterPlaces = OWN_PLACES,
): Meter {
  const reading = answerReading(places);
  if (stream === "sse") {
    const cutter = sseCutter((text, start, end) => {
      reading.take(readSseFrame(text, start, end)?.data ?? null);
    });
    return { ...reading.meter, push: cutter.push, end: () => reading.ending(cutter.end) };
  }
  if (stream === "array") return arrayMeter(reading);
  const answer = wholeAnswer();
  let whole = false;
  return {
    ...reading.meter,
    push: answer.push,
    end() {
      const bytes = answer.bytes();
      reading.take(latin1(bytes));
      whole = isWhole(bytes);
    },
    complete: () => whole,
  };
}

type Reading = ReturnType<typeof answerReading>;

function arrayMeter(reading: Reading): Meter {
  const cutter: ArrayCutter = jsonArrayCutter((frame) => {
    const start = objectStart(frame);
    reading.take(start < 0 ? null : latin1(frame.subarray(start)));
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
 * is kept as it came (a character per byte) and only parsed when somebody asks.
 */
function answerReading(places: MeterPlaces) {
  let unread: string | null = null;
  let usage: Usage | null = null;
  let model: string | null = null;
  let failure: { status: number; message: string } | null = null;
  let weight = 0;
  let finished = false;
  let ends = false;

  const read = () => {
    if (!unread) return;
    const piece = fromLatin1(unread);
    unread = null;
    const found = scanSafely(piece, places.paths);
    usage = geminiUsage(parseSpan(piece, found.get(places.usage))) ?? usage;
    model = textOrNull(parseSpan(piece, found.get(places.model))) ?? model;
  };
  const readError = (text: string) => {
    const piece = fromLatin1(text);
    const stated = parseSpan(piece, scanSafely(piece, places.paths).get("error"));
    if (stated !== undefined && stated !== null) failure = inBand(fields(stated));
  };
  const take = (piece: string | null) => {
    // The half of a piece that a dying upstream leaves behind states nothing.
    if (!piece || (ends && !isWhole(fromLatin1(piece)))) return;
    if (piece.includes(USAGE)) unread = piece;
    if (piece.includes(ERROR)) readError(piece);
    if (!finished) finished = ENDS.some((sought) => piece.includes(sought));
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
    scanJson(bytes, NO_PATHS, LIMITS);
    return true;
  } catch {
    return false;
  }
}

function scanSafely(piece: Uint8Array, paths: JsonPaths) {
  try {
    return scanJson(piece, paths, LIMITS);
  } catch {
    // A frame that we cannot read is still the client's frame.
    return new Map<string, never>();
  }
}

/** Weight of all `"text"` strings, thoughts included. */
function textWeight(piece: string): number {
  let weight = 0;
  for (let at = piece.indexOf(TEXT); at >= 0; at = piece.indexOf(TEXT, at)) {
    at += TEXT.length;
    const quote = piece.indexOf('"', at);
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
