import type { CallFacts, Usage } from "../../model";
import { NO_USAGE } from "../../model";
import { fromLatin1, utf8 } from "../../stream/bytes";
import { BODY_LIMITS, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { readSseFrame, sseCutter } from "../../stream/sse";
import { fields, parseJson } from "../json-fields";
import { readOpenaiError } from "../openai-error-status";
import { readResponsesUsage } from "../openai-usage";
import { openaiWholeMeter } from "../openai-whole-meter";
import type { Meter } from "../protocol";

const PATHS = jsonPaths("type", "usage");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

/** Partial images are megabytes without any count in them: they are passed over by their spelling. */
const PARTIAL = /^\{\s*"type"\s*:\s*"image_(generation|edit)\.partial_image"/;
const COMPLETED: ReadonlySet<unknown> = new Set([
  "image_generation.completed",
  "image_edit.completed",
]);

/** Reads along an answer with images. Older models state no tokens, so images are counted too. */
export function imagesMeter({ stream }: Pick<CallFacts, "stream">): Meter {
  return stream ? streamMeter() : openaiWholeMeter(withImages);
}

function withImages(stated: unknown, images: number): Usage | null {
  const usage = readResponsesUsage(stated);
  return usage || images > 0 ? { ...NO_USAGE, ...usage, images } : null;
}

function streamMeter(): Meter {
  let images = 0;
  let stated: unknown = null;
  let failure: { status: number; message: string } | null = null;

  const take = (data: string) => {
    const bytes = fromLatin1(data);
    const found = scanJson(bytes, PATHS, LIMITS);
    const type = parseSpan(bytes, found.get("type"));
    if (COMPLETED.has(type)) {
      images++;
      stated = parseSpan(bytes, found.get("usage")) ?? stated;
    } else if (type === "error") {
      const event = fields(parseJson(utf8(data)));
      failure = readOpenaiError(event.error ?? event);
    }
  };
  const cutter = sseCutter((text, start, end) => {
    const frame = readSseFrame(text, start, end);
    if (!frame || PARTIAL.test(frame.data)) return;
    try {
      take(frame.data);
    } catch {
      // The half of an event that a dying upstream leaves behind states nothing.
    }
  });
  return {
    push: cutter.push,
    end: cutter.end,
    usage: () => withImages(stated, images),
    reportedModel: () => null,
    complete: () => images > 0,
    inBandError: () => failure,
    deliveredChars: () => 0,
  };
}
