import OpenAI from "openai";
import { asSent } from "./as-sent";
import { type Face, type How, MAX_OUTPUT, type Part, PDF, PNG, TOOL, type Told } from "./face";

type Body = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
type Completion = OpenAI.Chat.ChatCompletion;

/** Chat Completions by OpenAI's SDK and its `ChatCompletionStream`. */
export const chatFace: Face = {
  id: "openai-chat",
  talk({ address, key, model, tool, schema, thinking }) {
    const client = new OpenAI({ baseURL: `${address}/openai/v1`, apiKey: key, maxRetries: 0 });
    const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [];
    const body = (): Body => ({
      model,
      messages,
      max_completion_tokens: MAX_OUTPUT,
      ...(tool ? { tools: [toolOf()] } : {}),
      ...(thinking ? { reasoning_effort: "high" as const } : {}),
      ...(schema
        ? {
            response_format: {
              type: "json_schema" as const,
              json_schema: { name: "answer", schema, strict: true },
            },
          }
        : {}),
    });
    return {
      say: (parts) => void messages.push({ role: "user", content: parts.map(contentOf) }),
      answerTools(answers) {
        for (const { use, text } of answers) {
          messages.push({ role: "tool", tool_call_id: use.id, content: text });
        }
        // A tool message holds text only: clients of this protocol show images as the user.
        if (answers.some(({ withImage }) => withImage)) {
          messages.push({ role: "user", content: [contentOf({ kind: "image" })] });
        }
      },
      async next(how) {
        const thoughts: string[] = [];
        const completion = await sent(client, body(), how, thoughts);
        const [choice] = completion.choices;
        if (!choice) throw new Error("The completion has no choice.");
        messages.push(asSent(choice.message));
        return toldBy(completion, choice, thoughts);
      },
    };
  },
};

async function sent(
  client: OpenAI,
  body: Body,
  { stream, signal, onPiece }: How,
  thoughts: string[],
): Promise<Completion> {
  const options = signal ? { signal } : {};
  if (!stream) {
    const whole = await client.chat.completions.create(body, options);
    thoughts.push(thoughtIn(whole.choices[0]?.message));
    return whole;
  }
  const streamed = { ...body, stream: true as const, stream_options: { include_usage: true } };
  const running = client.chat.completions.stream(streamed, options);
  // The SDK keeps only the last piece of a field that it does not know.
  running.on("chunk", ({ choices }) => thoughts.push(thoughtIn(choices[0]?.delta)));
  running.on("chunk", () => onPiece?.());
  return running.finalChatCompletion();
}

function toolOf(): OpenAI.Chat.ChatCompletionTool {
  const { name, description, schema } = TOOL;
  return { type: "function", function: { name, description, parameters: { ...schema } } };
}

function contentOf(part: Part): OpenAI.Chat.ChatCompletionContentPart {
  if (part.kind === "text") return { type: "text", text: part.text };
  if (part.kind === "image") {
    return { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } };
  }
  const file_data = `data:application/pdf;base64,${PDF}`;
  return { type: "file", file: { filename: "page.pdf", file_data } };
}

const STOPS: Readonly<Record<string, Told["stop"]>> = {
  stop: "end",
  tool_calls: "tools",
  length: "length",
};

/** What makers who show thoughts, and editors that read them, use beside the documented fields. */
function thoughtIn(message: object | undefined): string {
  const thought: unknown = message && Reflect.get(message, "reasoning_content");
  return typeof thought === "string" ? thought : "";
}

function toldBy(
  { usage }: Completion,
  { message, finish_reason }: Completion["choices"][0],
  thoughts: readonly string[],
): Told {
  const uses = (message.tool_calls ?? []).flatMap((call) =>
    call.type === "function"
      ? [{ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) }]
      : [],
  );
  return {
    text: message.content ?? "",
    thoughts: thoughts.join(""),
    uses,
    stop: STOPS[finish_reason] ?? "other",
    usage: { input: usage?.prompt_tokens ?? 0, output: usage?.completion_tokens ?? 0 },
  };
}
