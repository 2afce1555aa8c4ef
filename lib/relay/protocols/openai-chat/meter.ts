import type { CallFacts, Usage } from "../../model";
import { fromLatin1 } from "../../stream/bytes";
import { BODY_LIMITS, elementSpans, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { readSseFrame, sseCutter } from "../../stream/sse";
import { stringWeight } from "../../stream/text-weight";
import { fields, textOrNull } from "../json-fields";
import { readOpenaiError } from "../openai-error-status";
import { readChatUsage } from "../openai-usage";
import type { Meter } from "../protocol";
import { wholeAnswer } from "../whole-answer";

const PATHS = jsonPaths("model", "usage", "error", "choices");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };

const DONE = "[DONE]";
const USAGE = /"usage": ?\{/;
const ERROR = '"error"';
const FINISHED = /"finish_reason": ?"/;
/** Fields by which a chunk delivers text: answers, thoughts, refusals, tool inputs. */
const DELIVERED = /"(?:content|text|reasoning_content|reasoning|refusal|arguments|input)": ?"/g;

/** Reads along an answer of chat or text completions, streamed or whole. */
export function chatMeter(facts: Pick<CallFacts, "stream">): Meter {
  return facts.stream ? streamMeter() : wholeMeter();
}

/** What has been stated so far. Usage may come with every chunk: the newest is parsed when it is asked for. */
function tally() {
  let unread: string | null = null;
  let usage: Usage | null = null;
  let model: string | null = null;
  let failure: { status: number; message: string } | null = null;

  const take = (json: string) => {
    const bytes = fromLatin1(json);
    const found = scanJson(bytes, PATHS, LIMITS);
    const [choice] = found.has("choices")
      ? elementSpans(bytes, found.get("choices") ?? SPAN, 1)
      : [];
    // Moonshot states usage within the last choice.
    const within = choice ? fields(parseSpan(bytes, choice)).usage : undefined;
    usage = readChatUsage(parseSpan(bytes, found.get("usage")) ?? within) ?? usage;
    model = textOrNull(parseSpan(bytes, found.get("model"))) ?? model;
    const error = parseSpan(bytes, found.get("error"));
    if (error !== undefined && error !== null) failure = readOpenaiError(error);
  };
  const read = () => {
    const json = unread;
    unread = null;
    if (json) safely(() => take(json));
  };
  return {
    take,
    later(json: string) {
      unread = json;
    },
    reading: {
      usage() {
        read();
        return usage;
      },
      reportedModel() {
        read();
        return model;
      },
      inBandError: () => failure,
    },
  };
}

const SPAN = { start: 0, end: 0 };

function streamMeter(): Meter {
  const stated = tally();
  let weight = 0;
  let complete = false;
  let named = false;

  const read = (data: string) => {
    if (data === DONE) {
      complete = true;
      return;
    }
    if (USAGE.test(data) || !named) {
      // Any chunk names the model; one is enough.
      named = true;
      stated.later(data);
    }
    if (data.includes(ERROR)) safely(() => stated.take(data));
    if (!complete) complete = FINISHED.test(data);
    weight += deliveredWeight(data);
  };
  const cutter = sseCutter((text, start, end) => {
    const frame = readSseFrame(text, start, end);
    if (frame) read(frame.data);
  });
  return {
    push: cutter.push,
    end: cutter.end,
    ...stated.reading,
    complete: () => complete,
    deliveredChars: () => weight,
  };
}

function deliveredWeight(data: string): number {
  let weight = 0;
  for (const match of data.matchAll(DELIVERED)) {
    weight += stringWeight(data, match.index + match[0].length);
  }
  return weight;
}

function wholeMeter(): Meter {
  const stated = tally();
  const answer = wholeAnswer();
  let weight = 0;
  let complete = false;
  return {
    push: answer.push,
    end() {
      safely(() => {
        const json = Buffer.from(answer.bytes()).toString("latin1");
        stated.take(json);
        complete = true;
        weight = deliveredWeight(json);
      });
    },
    ...stated.reading,
    complete: () => complete,
    deliveredChars: () => weight,
  };
}

/** The half of a piece that a dying upstream leaves behind states nothing. */
function safely(act: () => void): void {
  try {
    act();
  } catch {
    // It is still the client's answer.
  }
}
