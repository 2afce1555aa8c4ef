import { createHash, randomUUID } from "node:crypto";

export type Face = "anthropic" | "gemini";

export const MODELS: Readonly<Record<Face, string>> = {
  anthropic: "claude-sonnet-4-5-20250929",
  gemini: "gemini-2.5-flash",
};

/** A streamed call that can be told apart from all others at the upstream and in the records. */
export interface ChaosCall {
  face: Face;
  /** Named to the portal as the call's session, under which its record is found. */
  session: string;
  /** Under which the upstream's book has it: the body passes untouched. */
  bodySha256: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Tokens of the answer's text. */
  tokens: number;
  delayMs: number;
}

export interface Wish {
  face: Face;
  key: string;
  tokens: number;
  /** Pause between two events of five tokens. */
  delayMs: number;
  /** Pause before the first byte. */
  firstMs?: number;
  /** Longer bodies take longer to send. */
  paddingBytes?: number;
  maxTokens?: number;
  /** Default: the face's own of `MODELS`; Gemini's stands in its path and is always that one. */
  model?: string;
}

/** Builds a streamed call for either face. */
export function chaosCall(wish: Wish): ChaosCall {
  const session = randomUUID();
  const marks = `[[tokens:${wish.tokens}]][[delay:${wish.delayMs}]][[first:${wish.firstMs ?? 0}]]`;
  const prompt = `${session} ${"p".repeat(wish.paddingBytes ?? 0)} ${marks}`;
  const shape = SHAPES[wish.face];
  const { model = MODELS[wish.face], maxTokens = wish.tokens + 50 } = wish;
  const fields = shape.fields(prompt, maxTokens, model);
  const body = Buffer.from(JSON.stringify(fields));
  return {
    face: wish.face,
    session,
    bodySha256: createHash("sha256").update(body).digest("hex"),
    path: shape.path,
    headers: {
      ...shape.headers(wish.key, session),
      "content-type": "application/json",
      "user-agent": "chaos/1.0",
    },
    body,
    tokens: wish.tokens,
    delayMs: wish.delayMs,
  };
}

interface Shape {
  path: string;
  fields(prompt: string, maxTokens: number, model: string): object;
  headers(key: string, session: string): Record<string, string>;
}

const SHAPES: Readonly<Record<Face, Shape>> = {
  anthropic: {
    path: "/api/v1/messages",
    fields: (prompt, maxTokens, model) => ({
      model,
      max_tokens: maxTokens,
      stream: true,
      messages: [{ role: "user", content: prompt }],
    }),
    headers: (key, session) => ({
      authorization: `Bearer ${key}`,
      "anthropic-version": "2023-06-01",
      "x-claude-code-session-id": session,
    }),
  },
  gemini: {
    path: `/gemini/v1beta/models/${MODELS.gemini}:streamGenerateContent?alt=sse`,
    fields: (prompt, maxTokens) => ({
      contents: [{ role: "user", parts: [{ text: prompt }] }],
      generationConfig: { maxOutputTokens: maxTokens, thinkingConfig: { thinkingBudget: 0 } },
    }),
    headers: (key, session) => ({ "x-goog-api-key": key, "x-session-id": session }),
  },
};
