import type { CallFacts, Usage } from "../../model";
import { fromLatin1, utf8 } from "../../stream/bytes";
import {
  BODY_LIMITS,
  elementSpans,
  jsonPaths,
  parseSpan,
  type Span,
  scanJson,
} from "../../stream/json-scan";
import { readSseFrame, sseCutter } from "../../stream/sse";
import { stringWeight } from "../../stream/text-weight";
import { fields, parseJson, textOrNull, tokenCount } from "../json-fields";
import { readOpenaiError } from "../openai-error-status";
import { readResponsesUsage } from "../openai-usage";
import type { Meter } from "../protocol";
import { wholeAnswer } from "../whole-answer";
import { eventType, LAST_EVENTS } from "./event-type";

const STATED = ["model", "usage", "error", "tool_usage.web_search.num_requests"];
const EVENT_PATHS = jsonPaths(...STATED.map((path) => `response.${path}`));
const ANSWER_PATHS = jsonPaths(...STATED, "output");
const LIMITS = { ...BODY_LIMITS, maxKeys: Number.POSITIVE_INFINITY };
const DELTA = '"delta":"';
const SEARCH = '"web_search_call"';

/** Reads along an answer of the Responses API, streamed or whole. */
export function responsesMeter(facts: Pick<CallFacts, "stream">): Meter {
  return facts.stream ? streamMeter() : wholeMeter();
}

/** What an answer has stated so far. */
function answerTally() {
  let usage: Usage | null = null;
  let model: string | null = null;
  let failure: { status: number; message: string } | null = null;
  let searches = 0;
  let statedSearches: number | null = null;
  const webSearches = () => statedSearches ?? (searches > 0 ? searches : null);
  return {
    state(bytes: Uint8Array, found: Map<string, Span>, at: string) {
      model = textOrNull(parseSpan(bytes, found.get(`${at}model`))) ?? model;
      usage = readResponsesUsage(parseSpan(bytes, found.get(`${at}usage`))) ?? usage;
      const requests = found.get(`${at}tool_usage.web_search.num_requests`);
      statedSearches = tokenCount(parseSpan(bytes, requests)) ?? statedSearches;
      const error = parseSpan(bytes, found.get(`${at}error`));
      if (error !== undefined && error !== null) failure = readOpenaiError(error);
    },
    fail(error: unknown) {
      failure = readOpenaiError(error);
    },
    /** A search is billed by itself; opening a page that it found is not. */
    countItem(item: unknown) {
      const { type, action } = fields(item);
      if (type === "web_search_call" && fields(action).type === "search") searches++;
    },
    reading: {
      usage: () => usage && { ...usage, webSearches: webSearches() },
      reportedModel: () => model,
      inBandError: () => failure,
    },
  };
}

function streamMeter(): Meter {
  const tally = answerTally();
  let weight = 0;
  let complete = false;

  const readResponse = (data: string) => {
    const bytes = fromLatin1(data);
    tally.state(bytes, scanJson(bytes, EVENT_PATHS, LIMITS), "response.");
  };
  const byType: Readonly<Record<string, (data: string) => void>> = {
    "response.created": readResponse,
    "response.completed": readResponse,
    "response.incomplete": readResponse,
    "response.failed": readResponse,
    "response.output_item.done"(data) {
      if (data.includes(SEARCH)) tally.countItem(fields(parseJson(utf8(data))).item);
    },
    error(data) {
      const stated = fields(parseJson(utf8(data)));
      tally.fail(stated.error ?? stated);
    },
  };
  const read = (type: string, data: string) => {
    try {
      byType[type]?.(data);
    } catch {
      // The half of an event that a dying upstream leaves behind states nothing.
      return;
    }
    if (LAST_EVENTS.has(type)) complete = true;
  };
  const cutter = sseCutter((text, start, end) => {
    const frame = readSseFrame(text, start, end);
    if (!frame) return;
    const type = eventType(frame);
    if (Object.hasOwn(byType, type)) read(type, frame.data);
    else if (type.endsWith(".delta")) weight += deltaWeight(frame.data);
  });
  return {
    push: cutter.push,
    end: cutter.end,
    ...tally.reading,
    complete: () => complete,
    deliveredChars: () => weight,
  };
}

/** Weight of what a delta delivers: text, thoughts, refusals or a tool's input. */
function deltaWeight(data: string): number {
  const at = data.indexOf(DELTA);
  return at < 0 ? 0 : stringWeight(data, at + DELTA.length);
}

function wholeMeter(): Meter {
  const tally = answerTally();
  const answer = wholeAnswer();
  let weight = 0;
  let complete = false;

  const read = () => {
    const bytes = answer.bytes();
    const found = scanJson(bytes, ANSWER_PATHS, LIMITS);
    complete = true;
    tally.state(bytes, found, "");
    const output = found.get("output");
    if (!output) return;
    weight = output.end - output.start;
    for (const item of elementSpans(bytes, output)) tally.countItem(parseSpan(bytes, item));
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
    ...tally.reading,
    complete: () => complete,
    deliveredChars: () => weight,
  };
}
