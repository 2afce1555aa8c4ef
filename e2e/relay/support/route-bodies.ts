import type { RelayRoute } from "../../../lib/relay/route-table";

const SAID = "Say hello, 你好 ✓ [[tokens:40]]";
const CONTENTS = [{ role: "user", parts: [{ text: SAID }] }];
const MESSAGES = [{ role: "user", content: SAID }];

/** A call of each format that its upstream answers; counts know no limit of the answer. */
const BODIES: Readonly<Record<RelayRoute["protocol"], object>> = {
  anthropic: { model: "claude-opus-5-5", max_tokens: 200, messages: MESSAGES },
  gemini: { contents: CONTENTS },
  "code-assist": { model: "gemini-2.5-pro", project: "p", request: { contents: CONTENTS } },
  "gemini-embeddings": { content: { parts: [{ text: SAID }] } },
  "openai-chat": { model: "gpt-5.5", messages: MESSAGES },
  "openai-completions": { model: "gpt-5.5", prompt: SAID },
  "openai-responses": { model: "gpt-5.5", input: SAID },
  "openai-compact": { model: "gpt-5.5", input: SAID },
  "openai-embeddings": { model: "text-embedding-3-small", input: SAID },
  "openai-images": { model: "gpt-image-1", prompt: "A red dot." },
};

/** A body that the route understands; undefined for one that takes none. */
export function bodyFor(
  { protocol, action }: Pick<RelayRoute, "protocol" | "action">,
  method: string,
): string | undefined {
  if (method !== "POST") return undefined;
  const { max_tokens, ...counted } = BODIES[protocol] as { max_tokens?: number };
  return JSON.stringify(action === "count" ? counted : BODIES[protocol]);
}
