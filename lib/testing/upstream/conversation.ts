import { withoutMarkers } from "./directions";

/** A tool that the caller offers. */
export interface OfferedTool {
  name: string;
  /** JSON Schema of its arguments. */
  schema: unknown;
  /** Takes a free text instead of arguments. */
  custom?: true;
  /** The group of tools that it belongs to, where a protocol has such. */
  namespace?: string;
}

/** The result of one tool call, as text. */
export interface ToolOutcome {
  callId: string;
  text: string;
}

/** What a script needs to know of a request, whichever protocol it came in. */
export interface Conversation {
  model: string;
  /** What the user typed last, without the notes that clients add around it. */
  prompt: string;
  /** All text of that turn: where markers are looked for. */
  turnText: string;
  /** Rounds of tool calls that were answered since that turn. */
  rounds: number;
  /** Their results, oldest first. */
  results: readonly ToolOutcome[];
  tools: readonly OfferedTool[];
  /** Name of the tool that has to be called, if any. */
  forcedTool: string | null;
  /** The caller switched tools off for this answer. */
  toolsOff: boolean;
  /** Several calls in one answer are allowed. */
  parallelCalls: boolean;
  /** The provider's own web search is offered. */
  canSearch: boolean;
  /** JSON Schema that the answer has to follow. */
  outputSchema: unknown;
  maxOutputTokens: number | null;
  stopSequences: readonly string[];
  /** hidden: the model thinks, but the caller sees no thoughts. */
  thinking: "off" | "hidden" | "shown";
}

/** One step of a conversation, before it is known which turn it belongs to. */
export interface TalkStep {
  /** aside: instructions and the like, which part no turns. */
  by: "user" | "model" | "tools" | "aside";
  texts: readonly string[];
  results: readonly ToolOutcome[];
}

/** What is read from the steps alone. */
type Turn = Pick<Conversation, "prompt" | "turnText" | "rounds" | "results">;

/**
 * The turn that is being answered: it begins where the user last typed something. What a user's
 * message says right behind tool results (images of theirs, notes of the client) belongs to those.
 */
export function readTurn(steps: readonly TalkStep[]): Turn {
  const spoken = steps.filter((step) => step.by !== "aside");
  const end = spoken.findLastIndex(
    (step, index) => step.by === "user" && !besideResults(spoken, index),
  );
  const start = spoken.findLastIndex((step, index) => index < end && step.by !== "user") + 1;
  const texts = spoken.slice(start, end + 1).flatMap((step) => step.texts);
  const later = spoken.slice(end + 1);
  return {
    prompt: promptOf(texts),
    turnText: texts.join("\n"),
    rounds: later.filter((step, index) => step.by === "tools" && later[index - 1]?.by !== "tools")
      .length,
    results: later.flatMap((step) => step.results),
  };
}

/** The last text with markers, or the last that is no note of the client; without its markers. */
export function promptOf(texts: readonly string[]): string {
  const typed = texts.filter((text) => !text.trimStart().startsWith("<system-reminder>"));
  const marked = typed.findLast((text) => withoutMarkers(text) !== text.trim());
  return withoutMarkers(marked ?? typed.at(-1) ?? texts.at(-1) ?? "");
}

function besideResults(steps: readonly TalkStep[], index: number): boolean {
  return steps.slice(0, index).findLast((step) => step.by !== "user")?.by === "tools";
}
