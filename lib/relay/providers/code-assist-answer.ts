import { AppError } from "../../shared/errors";
import type { StreamForm } from "../model";
import { fromLatin1 } from "../stream/bytes";
import { BODY_LIMITS, jsonPaths, type Span, scanJson } from "../stream/json-scan";
import type { Machine } from "../stream/machine";
import { readSseFrame, type SseFrame, sseCutter } from "../stream/sse";

const RESPONSE = jsonPaths("response");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };
/** A piece like these is the last, a failure included; without one the answer broke off. */
const ENDS = /"(?:finish|block)Reason"|^\s*\{\s*"error"\s*:/;

/**
 * A whole answer without Code Assist's envelope; counts and failures have none and stay as they are.
 * Throws AppError("upstream_broken") for what is no JSON object.
 */
export function codeAssistResponse(body: Uint8Array): Uint8Array {
  const span = responseSpan(body);
  return span ? body.subarray(span.start, span.end) : body;
}

/**
 * Code Assist's events in, the Gemini API's own out: as events, or as the array that the caller asked
 * for. An array is only closed behind an answer that came to its end, or that the
 * upstream itself ended with a failure. `push` and `end` throw
 * AppError("upstream_broken") at an event that is no JSON object.
 */
export function codeAssistUnwrapper(form: StreamForm | null): Machine<Uint8Array, Uint8Array> {
  const framing = form === "array" ? arrayFraming() : EVENTS;
  let out: string[] = [];
  const cutter = sseCutter((text, start, end) => {
    const frame = text.slice(start, end);
    const read = readSseFrame(frame);
    out.push(read ? framing.piece(innerOf(read), frame, read) : framing.other(frame));
  });
  const taken = () => {
    const pieces = out.filter((piece) => piece !== "").map(fromLatin1);
    out = [];
    return pieces;
  };
  return {
    push(chunk) {
      cutter.push(chunk);
      return taken();
    },
    end() {
      cutter.end();
      out.push(framing.end());
      return taken();
    },
  };
}

/** How unwrapped pieces are put in a row; all texts have a character for each byte. */
interface Framing {
  piece(inner: string, frame: string, read: SseFrame): string;
  /** A frame without data: a comment. */
  other(frame: string): string;
  end(): string;
}

const EVENTS: Framing = {
  piece(inner, frame, { data, dataStart }) {
    if (dataStart < 0) return `data: ${inner}\r\n\r\n`;
    return frame.slice(0, dataStart) + inner + frame.slice(dataStart + data.length);
  },
  other: (frame) => frame,
  end: () => "",
};

function arrayFraming(): Framing {
  let begun = false;
  let complete = false;
  return {
    piece(inner) {
      const before = begun ? ",\r\n" : "[";
      begun = true;
      complete ||= ENDS.test(inner);
      return before + inner;
    },
    other: () => "",
    end: () => (complete ? "\n]\n" : ""),
  };
}

function innerOf({ data, dataStart }: SseFrame): string {
  // Lines that were joined are parted outside of strings only, where a space does the same.
  const json = dataStart < 0 ? data.replaceAll("\n", " ") : data;
  const span = responseSpan(fromLatin1(json));
  return span ? json.slice(span.start, span.end) : json;
}

function responseSpan(json: Uint8Array): Span | undefined {
  try {
    return scanJson(json, RESPONSE, LIMITS).get("response");
  } catch (thrown) {
    const message = "The upstream's answer is not a whole JSON object.";
    throw new AppError("upstream_broken", message, {}, thrown);
  }
}
