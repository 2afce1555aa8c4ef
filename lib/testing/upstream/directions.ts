/**
 * What a test asks of the fake, written into the prompt (`[[tokens:200]][[delay:20]]`), into the
 * request header `x-fake-upstream`, or into a fault of kind "script". The prompt reaches the fake
 * through any number of relays and real clients, which is why it is the usual way.
 */
export interface Directions {
  /** Name of the scenario, without its number: "tool-loop" of `[[scenario:tool-loop-3]]`. */
  scenario: string | null;
  /** The number at the end of the scenario's name. */
  scenarioSize: number | null;
  /** Name of the offered tool that loops call; without it a shell tool, or the first one. */
  tool: string | null;
  /** Exact text of the answer. */
  text: string | null;
  /** Exact number of tokens of the answer's text. */
  tokens: number | null;
  /** Number of thinking tokens; 0 for none. */
  thinking: number | null;
  /** Pause between two stream events, ms. */
  delayMs: number;
  /** Pause before the first byte, ms. */
  firstMs: number;
  /** Writes of at most this many bytes, so that characters are split. */
  chunkBytes: number | null;
  /** Tokens per stream event. */
  eventTokens: number;
}

const DEFAULT_EVENT_TOKENS = 5;
const MARKER = /\[\[([a-z]+)(?::([\s\S]*?))?\]\]/g;
const SCENARIO = /^([a-z-]+?)(?:-(\d+))?$/;

/** Reads the markers of the given texts; a later marker of the same name wins. */
export function readDirections(...texts: readonly string[]): Directions {
  const found = new Map(texts.flatMap(markersIn));
  const [, scenario, size] = SCENARIO.exec(found.get("scenario") ?? "") ?? [];
  return {
    scenario: scenario ?? null,
    scenarioSize: wholeNumber(size),
    tool: found.get("tool") ?? null,
    text: found.get("text") ?? null,
    tokens: wholeNumber(found.get("tokens")),
    thinking: wholeNumber(found.get("thinking")),
    delayMs: wholeNumber(found.get("delay")) ?? 0,
    firstMs: wholeNumber(found.get("first")) ?? 0,
    chunkBytes: wholeNumber(found.get("chunk")),
    eventTokens: Math.max(1, wholeNumber(found.get("event")) ?? DEFAULT_EVENT_TOKENS),
  };
}

function markersIn(text: string): [name: string, value: string][] {
  return [...text.matchAll(MARKER)].map(([, name, value]) => [name ?? "", value ?? ""]);
}

/** The text without its markers: what a person would have typed. */
export function withoutMarkers(text: string): string {
  return text.replace(MARKER, "").trim();
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
