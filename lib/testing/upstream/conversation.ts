/** A tool that the caller offers. */
export interface OfferedTool {
  name: string;
  /** JSON Schema of its arguments. */
  schema: unknown;
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
  /** The provider's own web search is offered. */
  canSearch: boolean;
  /** JSON Schema that the answer has to follow. */
  outputSchema: unknown;
  maxOutputTokens: number | null;
  stopSequences: readonly string[];
  /** hidden: the model thinks, but the caller sees no thoughts. */
  thinking: "off" | "hidden" | "shown";
}
