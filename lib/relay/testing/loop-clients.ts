import type { TranslatedId } from "../model";
import { fields } from "../protocols/json-fields";

type Json = Readonly<Record<string, unknown>>;

/** A client that runs every tool it is told to, until the model says something instead. */
export interface LoopClient {
  face: TranslatedId;
  ask(stream: boolean): { path: string; body: Json };
  /** Takes an answer into its history; true while tools were called and answered. */
  take(answer: Json): boolean;
  /** What the user says next. */
  say(text: string): void;
}

const PARAMETERS = {
  type: "object",
  properties: { command: { type: "string" } },
  required: ["command"],
};
const BASH = { name: "Bash", description: "Runs a command" };
const DONE = "done";

const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(fields) : []);

/** Claude Code's way: content blocks come back as they were. */
export function anthropicClient(prompt: string): LoopClient {
  const messages: Json[] = [{ role: "user", content: prompt }];
  return {
    face: "anthropic",
    say: (text) => void messages.push({ role: "user", content: text }),
    ask: (stream) => ({
      path: "/api/v1/messages",
      body: {
        model: "claude-opus-5-5",
        max_tokens: 8_000,
        thinking: { type: "adaptive" },
        tools: [{ ...BASH, input_schema: PARAMETERS }],
        messages: [...messages],
        stream,
      },
    }),
    take({ content }) {
      messages.push({ role: "assistant", content });
      const results = list(content)
        .filter(({ type }) => type === "tool_use")
        .map(({ id }) => ({ type: "tool_result", tool_use_id: id, content: DONE }));
      if (results.length > 0) messages.push({ role: "user", content: results });
      return results.length > 0;
    },
  };
}

/** Google's SDKs' way: contents come back as they were. */
export function geminiClient(prompt: string): LoopClient {
  const contents: Json[] = [{ role: "user", parts: [{ text: prompt }] }];
  return {
    face: "gemini",
    say: (text) => void contents.push({ role: "user", parts: [{ text }] }),
    ask: (stream) => ({
      path: `/gemini/v1beta/models/gemini-3.8-pro:${stream ? "streamGenerateContent" : "generateContent"}`,
      body: {
        contents: [...contents],
        tools: [{ functionDeclarations: [{ ...BASH, parameters: PARAMETERS }] }],
        generationConfig: { thinkingConfig: { includeThoughts: true } },
      },
    }),
    take({ candidates }) {
      const content = fields(list(candidates)[0]?.content);
      contents.push(content);
      const responses = list(content.parts)
        .map(({ functionCall }) => fields(functionCall))
        .filter(({ name }) => typeof name === "string")
        .map(({ id, name }) => ({
          functionResponse: { ...(id ? { id } : {}), name, response: { output: DONE } },
        }));
      if (responses.length > 0) contents.push({ role: "user", parts: responses });
      return responses.length > 0;
    },
  };
}

/** An editor's way: text and calls come back, thoughts do not. */
export function chatClient(prompt: string): LoopClient {
  const messages: Json[] = [{ role: "user", content: prompt }];
  return {
    face: "openai-chat",
    say: (text) => void messages.push({ role: "user", content: text }),
    ask: (stream) => ({
      path: "/openai/v1/chat/completions",
      body: {
        model: "gpt-5.5",
        reasoning_effort: "medium",
        tools: [{ type: "function", function: { ...BASH, parameters: PARAMETERS } }],
        messages: [...messages],
        stream,
      },
    }),
    take({ choices }) {
      const { content, tool_calls } = fields(list(choices)[0]?.message);
      const calls = list(tool_calls);
      messages.push({
        role: "assistant",
        content: content ?? null,
        ...(calls.length > 0 ? { tool_calls } : {}),
      });
      for (const { id } of calls) messages.push({ role: "tool", tool_call_id: id, content: DONE });
      return calls.length > 0;
    },
  };
}

/** Codex's way: nothing is stored, all items come back. */
export function responsesClient(prompt: string): LoopClient {
  const input: Json[] = [{ role: "user", content: prompt }];
  return {
    face: "openai-responses",
    say: (text) => void input.push({ role: "user", content: text }),
    ask: (stream) => ({
      path: "/openai/v1/responses",
      body: {
        model: "gpt-5.5",
        store: false,
        include: ["reasoning.encrypted_content"],
        reasoning: { effort: "medium", summary: "auto" },
        tools: [{ type: "function", ...BASH, parameters: PARAMETERS, strict: false }],
        input: [...input],
        stream,
      },
    }),
    take({ output }) {
      input.push(...list(output));
      const calls = list(output).filter(({ type }) => type === "function_call");
      for (const { call_id } of calls) {
        input.push({ type: "function_call_output", call_id, output: DONE });
      }
      return calls.length > 0;
    },
  };
}
