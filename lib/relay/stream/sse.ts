import { AppError } from "../../shared/errors";
import { latin1 } from "./bytes";
import { type FrameCutter, MAX_FRAME_BYTES } from "./frames";

const LF = 0x0a;
const BOM = "\u00ef\u00bb\u00bf";

/** One whole frame: the characters from `start` to `end` of a text with a character for each byte. */
export type SseSink = (text: string, start: number, end: number) => void;

/**
 * Takes whole frames from `start` on that its owner knows by their spelling, as many as follow each other;
 * answers where it stopped.
 */
export type SseSkim = (text: string, start: number) => number;

const NO_SKIM: SseSkim = (_, start) => start;

/**
 * Cuts server-sent events at their blank lines; lines may end with LF, CRLF or CR, mixed. Bytes are
 * read as a Latin-1 text: searching a string is many times faster than walking an array. Frames that
 * `skim` takes are not handed out.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function sseCutter(
  onFrame: SseSink,
  { maxFrameBytes = MAX_FRAME_BYTES, skim = NO_SKIM } = {},
): FrameCutter {
  let held: string[] = [];
  let heldLength = 0;
  let lineEmpty = true;
  let afterCr = false;

  const handOut = (text: string, start: number, end: number): number => {
    if (heldLength === 0) {
      onFrame(text, start, end);
      return end;
    }
    const whole = held.join("") + text.slice(start, end);
    held = [];
    heldLength = 0;
    onFrame(whole, 0, whole.length);
    return end;
  };
  /** Takes the line end at `at`; answers where the current frame begins now. */
  const lineEnd = (text: string, start: number, at: number): number => {
    const isLf = text.charCodeAt(at) === LF;
    const secondOfCrLf = isLf && afterCr;
    afterCr = !isLf;
    // The LF of a blank line's CRLF: its frame was handed out at the CR, so it goes alone.
    const strayLf = secondOfCrLf && at === start && heldLength === 0;
    if (secondOfCrLf && !strayLf) return start;
    if (lineEmpty || strayLf) return handOut(text, start, at + 1);
    lineEmpty = true;
    return start;
  };
  /** Frames that lie whole in the chunk and end their lines with LF, which most do. */
  const plainFrames = (text: string): number => {
    let start = 0;
    if (heldLength > 0 || !lineEmpty || afterCr) return start;
    for (;;) {
      start = skim(text, start);
      const blank = text.indexOf("\n\n", start);
      // A blank line before a frame is a frame of its own.
      if (blank < 0 || text.charCodeAt(start) === LF) return start;
      onFrame(text, start, blank + 2);
      start = blank + 2;
    }
  };
  const hold = (text: string, start: number) => {
    if (start >= text.length) return;
    held.push(text.slice(start));
    heldLength += text.length - start;
    if (heldLength <= maxFrameBytes) return;
    throw new AppError("upstream_broken", "The upstream sent a frame that does not end.");
  };
  return {
    push(chunk) {
      const text = latin1(chunk);
      const hasCr = text.includes("\r");
      let start = hasCr ? 0 : plainFrames(text);
      for (let from = start; ; ) {
        const at = nextLineEnd(text, from, hasCr);
        if (at > from) {
          lineEmpty = false;
          afterCr = false;
        }
        if (at === text.length) break;
        start = lineEnd(text, start, at);
        from = at + 1;
      }
      hold(text, start);
      return start;
    },
    end() {
      if (heldLength > 0) handOut("", 0, 0);
    },
  };
}

function nextLineEnd(text: string, from: number, mayBeCr: boolean): number {
  const lf = text.indexOf("\n", from);
  const end = lf < 0 ? text.length : lf;
  if (!mayBeCr) return end;
  // Only in this line: most texts have none, and would be searched to their end for each line.
  const cr = text.slice(from, end).indexOf("\r");
  return cr < 0 ? end : from + cr;
}

export interface SseFrame {
  /** Value of the `event` field; null when the frame has none. */
  event: string | null;
  /** Data lines, joined by LF, a character for each byte. */
  data: string;
  /** Where the data lies in the text when it is a single line; -1 when it was joined. */
  dataStart: number;
}

/** Reads the fields of one whole frame; null when it carries no data (comments, retry, blank). */
export function readSseFrame(text: string, start = 0, end = text.length): SseFrame | null {
  return readPlainFrame(text, start, end) ?? readAnyFrame(text, start, end);
}

const EVENT = "event: ";
const DATA = "data: ";

/** A frame as most are spelled, at a fraction of the cost: an event line or none, one data line, LF. */
function readPlainFrame(text: string, start: number, end: number): SseFrame | null {
  let event: string | null = null;
  let at = start;
  if (text.startsWith(EVENT, start)) {
    at = text.indexOf("\n", start) + 1;
    event = text.slice(start + EVENT.length, at - 1);
  }
  const dataEnd = text.indexOf("\n", at);
  if (dataEnd !== end - 2 || !text.startsWith(DATA, at) || !text.endsWith("\n", end)) return null;
  const dataStart = at + DATA.length;
  const data = text.slice(dataStart, dataEnd);
  return data.includes("\r") || event?.includes("\r") ? null : { event, data, dataStart };
}

function readAnyFrame(text: string, start: number, end: number): SseFrame | null {
  const frame: SseFrame = { event: null, data: "", dataStart: NO_DATA };
  for (let at = text.startsWith(BOM, start) ? start + BOM.length : start; at < end; ) {
    const lineEnd = Math.min(nextLineEnd(text, at, true), end);
    readLine(frame, text, at, lineEnd);
    at = lineEnd + 1;
  }
  return frame.dataStart === NO_DATA ? null : frame;
}

const NO_DATA = -2;

function readLine(frame: SseFrame, text: string, start: number, end: number): void {
  if (isField(text, "data", start, end)) {
    const from = valueStart(text, start + 4, end);
    const line = text.slice(from, end);
    const isFirst = frame.dataStart === NO_DATA;
    frame.dataStart = isFirst ? from : -1;
    frame.data = isFirst ? line : `${frame.data}\n${line}`;
  } else if (isField(text, "event", start, end)) {
    frame.event = text.slice(valueStart(text, start + 5, end), end);
  }
}

function isField(text: string, name: string, start: number, end: number): boolean {
  if (!text.startsWith(name, start)) return false;
  const after = start + name.length;
  return after === end || (after < end && text[after] === ":");
}

/** After the colon and one optional space. */
function valueStart(text: string, colon: number, end: number): number {
  if (colon >= end) return end;
  return colon + 1 < end && text[colon + 1] === " " ? colon + 2 : colon + 1;
}
