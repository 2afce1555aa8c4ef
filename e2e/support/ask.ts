/** What a call through the relay asks for. */
export interface Asked {
  /** `[[…]]` directions in it reach the fake upstream. */
  prompt: string;
  model?: string;
  maxTokens?: number;
  stream?: boolean;
  session?: string;
  client?: string;
}

export interface Answered {
  status: number;
  /** The whole body as text: JSON, or the lines of a stream. */
  body: string;
}

const CLAUDE = "claude-sonnet-4-5-20250929";
const GEMINI = "gemini-2.5-flash";
const CLIENT = "claude-cli/2.1.330 (external, cli)";
const TIMEOUT_MS = 60_000;

/** Sends one Anthropic message through the portal, as a program with a key does. */
export async function askClaude(base: string, key: string, asked: Asked): Promise<Answered> {
  const { prompt, model = CLAUDE, maxTokens = 1_024, stream = false, session } = asked;
  return send(`${base}/api/v1/messages`, {
    headers: {
      "x-api-key": key,
      "anthropic-version": "2023-06-01",
      "user-agent": asked.client ?? CLIENT,
    },
    body: {
      model,
      max_tokens: maxTokens,
      stream,
      messages: [{ role: "user", content: prompt }],
      ...(session && { metadata: { user_id: `user_x_account__session_${session}` } }),
    },
  });
}

/** Sends one `generateContent` call of the Gemini API through the portal. */
export async function askGemini(base: string, key: string, asked: Asked): Promise<Answered> {
  const { prompt, model = GEMINI, maxTokens = 1_024, stream = false } = asked;
  const verb = stream ? "streamGenerateContent?alt=sse" : "generateContent";
  return send(`${base}/gemini/v1beta/models/${model}:${verb}`, {
    headers: { "x-goog-api-key": key, "user-agent": asked.client ?? "GeminiCLI/0.9.0" },
    body: {
      contents: [{ role: "user", parts: [{ text: prompt }] }],
      generationConfig: { maxOutputTokens: maxTokens },
    },
  });
}

interface Call {
  headers: Record<string, string>;
  body: unknown;
}

async function send(url: string, { headers, body }: Call): Promise<Answered> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: answer.status, body: await answer.text() };
}
