import type { Answer, AnswerBlock, AnswerStop } from "../answer";
import type { InputTokens } from "../prefix-cache";
import { blockTokens } from "../script";
import { signContent } from "../signing";
import { cutByTokens } from "../tokens";
import type { BookUsage } from "../usage";
import { type GeminiModel, insistsOnSignatures } from "./models";

/** Gemini's finish reasons. It has none for calls: they end with STOP. */
const FINISH_REASONS: Readonly<Record<AnswerStop, string>> = {
  end: "STOP",
  calls: "STOP",
  length: "MAX_TOKENS",
  "stop-sequence": "STOP",
  refusal: "SAFETY",
  "content-filter": "SAFETY",
  "malformed-call": "MALFORMED_FUNCTION_CALL",
  "prompt-blocked": "STOP",
  "no-content": "STOP",
};

const FINISH_MESSAGES: Readonly<Partial<Record<AnswerStop, string>>> = {
  calls: "Model generated function call(s).",
  "malformed-call": "Malformed function call: print(default_api.run(",
};

type WirePart = Readonly<Record<string, unknown>>;

/** One part of an answer with the tokens that it took. */
interface GeminiPart {
  part: WirePart;
  /** Tokens that count as candidates. */
  visible: number;
  thoughts: number;
}

export interface GeminiAnswer {
  responseId: string;
  model: GeminiModel;
  answer: Answer;
  /** Cut for streaming: one per event. */
  parts: readonly GeminiPart[];
  usage: BookUsage;
  /** Grounding of a web search, if there was one. */
  grounding: unknown;
}

/** Writes an answer as Gemini parts. `showThoughts`: the caller asked to see them. */
export function toGeminiAnswer(
  answer: Answer,
  model: GeminiModel,
  input: InputTokens,
  options: { responseId: string; showThoughts: boolean; secret: string },
): GeminiAnswer {
  const plain = answer.blocks.flatMap((block) => partsOf(block, answer, options.showThoughts));
  const parts = signed(plain, model, options.secret);
  const visible = parts.reduce((sum, part) => sum + part.visible, 0);
  const thoughts = answer.blocks
    .filter(isThought)
    .reduce((sum, block) => sum + blockTokens(block), 0);
  return {
    responseId: options.responseId,
    model,
    answer,
    parts,
    usage: {
      input: input.fresh,
      cacheRead: input.cacheRead,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: visible + thoughts,
      reasoning: thoughts,
      webSearches: answer.blocks.filter((block) => block.kind === "search").length,
    },
    grounding: groundingOf(answer),
  };
}

/** The JSON of an answer that is not streamed: adjacent texts are one part. */
export function answerJson(answer: GeminiAnswer): unknown {
  const { usage } = answer;
  if (answer.answer.stop === "prompt-blocked") return blockedJson(answer);
  const parts = answer.parts.reduce<WirePart[]>(merge, []);
  return {
    candidates: [candidate(answer, parts, true)],
    usageMetadata: usageJson(answer, usage.output - usage.reasoning, usage.reasoning),
    modelVersion: answer.model.id,
    responseId: answer.responseId,
  };
}

/** A candidate of an answer or of one event of a stream. */
export function candidate(
  answer: GeminiAnswer,
  parts: readonly WirePart[],
  last: boolean,
): WirePart {
  const { stop } = answer.answer;
  const content = parts.length > 0 ? { parts, role: "model" } : { role: "model" };
  const finishMessage = FINISH_MESSAGES[stop];
  return {
    ...(last && stop === "no-content" ? {} : { content }),
    ...(last ? { finishReason: FINISH_REASONS[stop] } : {}),
    index: 0,
    ...(last && finishMessage !== undefined ? { finishMessage } : {}),
    ...(last && stop === "refusal" ? { safetyRatings: SAFETY_RATINGS } : {}),
    ...(last && answer.grounding !== null ? { groundingMetadata: answer.grounding } : {}),
  };
}

/** A prompt that was blocked has no candidates at all. */
export function blockedJson(answer: GeminiAnswer): unknown {
  return {
    promptFeedback: { blockReason: "PROHIBITED_CONTENT" },
    usageMetadata: usageJson(answer, 0, 0),
    modelVersion: answer.model.id,
    responseId: answer.responseId,
  };
}

/** Usage after so many tokens. Counts of zero are left out, as proto JSON does. */
export function usageJson(answer: GeminiAnswer, visible: number, thoughts: number): WirePart {
  const { input, cacheRead } = answer.usage;
  const prompt = input + cacheRead;
  const text = (tokenCount: number) => [{ modality: "TEXT", tokenCount }];
  return {
    promptTokenCount: prompt,
    ...(visible > 0 ? { candidatesTokenCount: visible } : {}),
    totalTokenCount: prompt + visible + thoughts,
    ...(cacheRead > 0 ? { cachedContentTokenCount: cacheRead } : {}),
    promptTokensDetails: text(prompt),
    ...(cacheRead > 0 ? { cacheTokensDetails: text(cacheRead) } : {}),
    ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
    serviceTier: "standard",
  };
}

const SAFETY_RATINGS = [
  { category: "HARM_CATEGORY_DANGEROUS_CONTENT", probability: "HIGH", blocked: true },
];

function partsOf(block: AnswerBlock, answer: Answer, showThoughts: boolean): GeminiPart[] {
  const tokens = blockTokens(block);
  switch (block.kind) {
    case "text":
      return cutByTokens(block.text, answer.eventTokens).map((text) => ({
        part: { text },
        visible: blockTokens({ kind: "text", text }),
        thoughts: 0,
      }));
    case "thinking":
      if (!showThoughts) return [];
      return cutByTokens(block.text, answer.eventTokens).map((text) => ({
        part: { text, thought: true },
        visible: 0,
        thoughts: blockTokens({ kind: "text", text }),
      }));
    case "call":
      return [
        {
          part: { functionCall: { name: block.name, args: block.args } },
          visible: tokens,
          thoughts: 0,
        },
      ];
    // Searching goes on inside of the model, and Gemini has no redacted thoughts.
    case "search":
    case "redacted-thinking":
      return [];
  }
}

/** The first call carries the signature; without calls, an empty text at the very end does. */
function signed(parts: readonly GeminiPart[], model: GeminiModel, secret: string): GeminiPart[] {
  if (!insistsOnSignatures(model.id) || parts.length === 0) return [...parts];
  const thoughtSignature = signContent(secret, "");
  const first = parts.findIndex(({ part }) => part.functionCall !== undefined);
  if (first < 0) {
    return [...parts, { part: { text: "", thoughtSignature }, visible: 0, thoughts: 0 }];
  }
  return parts.map((one, index) =>
    index === first ? { ...one, part: { ...one.part, thoughtSignature } } : one,
  );
}

function merge(merged: WirePart[], { part }: GeminiPart): WirePart[] {
  const last = merged.at(-1);
  const joins =
    typeof last?.text === "string" &&
    typeof part.text === "string" &&
    last.thought === part.thought;
  if (!joins) return [...merged, part];
  return [...merged.slice(0, -1), { ...last, ...part, text: `${last.text}${part.text}` }];
}

function isThought(block: AnswerBlock): boolean {
  return block.kind === "thinking" || block.kind === "redacted-thinking";
}

function groundingOf(answer: Answer): unknown {
  const search = answer.blocks.find((block) => block.kind === "search");
  if (search?.kind !== "search") return null;
  return {
    searchEntryPoint: { renderedContent: `<div>${search.query}</div>` },
    webSearchQueries: [search.query],
    groundingChunks: search.results.map((result) => ({
      web: { uri: result.url, title: result.title },
    })),
    groundingSupports: answer.blocks.flatMap((block) =>
      block.kind === "text" ? [supportOf(block.text, search.results.length)] : [],
    ),
  };
}

/** Google counts the bytes of the text, and names a beginning of 0 by leaving it out. */
function supportOf(text: string, chunks: number): unknown {
  return {
    segment: { endIndex: Buffer.byteLength(text), text },
    groundingChunkIndices: Array.from({ length: chunks }, (_, index) => index),
  };
}
