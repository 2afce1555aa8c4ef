import type { StreamForm } from "../model";
import type { NeutralEvent } from "../neutral-answer";
import { decode, utf8 } from "../stream/bytes";
import { jsonArrayCutter, objectStart } from "../stream/json-array";
import type { Machine } from "../stream/machine";
import { readSseFrame, sseCutter } from "../stream/sse";
import { parseJson } from "./json-fields";

/** Reads one parsed piece of a streamed answer; `name` is the SSE event's, null without one. */
export type ReadPiece = (piece: unknown, name: string | null) => readonly NeutralEvent[];

/**
 * A stream's bytes, in any cut, as neutral events: cuts frames, parses their JSON, and gives each to
 * `read`. Frames that are no JSON (comments, `[DONE]`, half a frame of a dying upstream) are skipped.
 * `end` is asked once after the last byte.
 */
export function eventReader(
  form: StreamForm,
  read: ReadPiece,
  end: () => readonly NeutralEvent[] = () => [],
): Machine<Uint8Array, NeutralEvent> {
  let out: NeutralEvent[] = [];
  const take = (json: string, name: string | null) => {
    const piece = parseJson(json);
    if (piece !== undefined) out.push(...read(piece, name));
  };
  const cutter =
    form === "sse"
      ? sseCutter((text, start, stop) => {
          const frame = readSseFrame(text, start, stop);
          if (frame) take(utf8(frame.data), frame.event);
        })
      : jsonArrayCutter((frame) => {
          const start = objectStart(frame);
          if (start >= 0) take(decode(frame.subarray(start)), null);
        });
  const taken = (): NeutralEvent[] => {
    const events = out;
    out = [];
    return events;
  };
  return {
    push(chunk) {
      cutter.push(chunk);
      return taken();
    },
    end() {
      cutter.end();
      out.push(...end());
      return taken();
    },
  };
}
