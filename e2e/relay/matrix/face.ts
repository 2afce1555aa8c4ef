/** What a user says in one message. */
export type Part = { kind: "text"; text: string } | { kind: "image" } | { kind: "pdf" };

export interface ToolUse {
  id: string;
  name: string;
  input: unknown;
}

/** What a tool answered. */
export interface ToolAnswer {
  use: ToolUse;
  text: string;
  withImage?: boolean;
}

/** An answer as the client's own SDK told it. */
export interface Told {
  text: string;
  thoughts: string;
  uses: readonly ToolUse[];
  stop: "end" | "tools" | "length" | "other";
  /** Input with everything that was cached, and output with thoughts. */
  usage: { input: number; output: number };
}

export interface TalkOptions {
  address: string;
  key: string;
  model: string;
  /** Offers a shell tool, `Bash` with a `command`. */
  tool?: boolean;
  /** Asks for JSON by this schema. */
  schema?: Readonly<Record<string, unknown>>;
  thinking?: boolean;
}

export interface How {
  stream: boolean;
  signal?: AbortSignal;
  /** Called with each piece of a stream. */
  onPiece?: () => void;
}

/** One conversation in a client's protocol, kept as its SDK keeps it. */
export interface Talk {
  say(parts: readonly Part[]): void;
  answerTools(answers: readonly ToolAnswer[]): void;
  /** Sends what was said, and keeps the answer as the SDK gives it. */
  next(how: How): Promise<Told>;
}

/** A client protocol, spoken by its official SDK. */
export interface Face {
  id: "anthropic" | "gemini" | "openai-chat" | "openai-responses";
  talk(options: TalkOptions): Talk;
}

export const TOOL = {
  name: "Bash",
  description: "Runs a shell command.",
  schema: {
    type: "object",
    properties: { command: { type: "string", description: "What to run." } },
    required: ["command"],
    additionalProperties: false,
  },
} as const;

/** A red dot, and a PDF of one empty page. */
export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
export const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
).toString("base64");

/** Room for thoughts and answers alike. */
export const MAX_OUTPUT = 16_000;
