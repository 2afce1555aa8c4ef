import Anthropic from "@anthropic-ai/sdk";
import { type Face, type How, MAX_OUTPUT, type Part, PDF, PNG, TOOL, type Told } from "./face";

type Content = Anthropic.ContentBlockParam;

/** The Messages API by Anthropic's SDK and its `MessageStream`. */
export const anthropicFace: Face = {
  id: "anthropic",
  talk({ address, key, model, tool, schema, thinking }) {
    const client = new Anthropic({ baseURL: `${address}/api`, apiKey: key, maxRetries: 0 });
    const messages: Anthropic.MessageParam[] = [];
    const body = (): Anthropic.MessageCreateParamsNonStreaming => ({
      model,
      max_tokens: MAX_OUTPUT,
      messages,
      ...(tool ? { tools: [toolOf()] } : {}),
      ...(thinking ? { thinking: { type: "enabled", budget_tokens: 4_000 } } : {}),
      ...(schema ? { output_config: { format: { type: "json_schema", schema } } } : {}),
    });
    return {
      say: (parts) => void messages.push({ role: "user", content: parts.map(contentOf) }),
      answerTools(answers) {
        const content = answers.map(({ use, text, withImage }): Content => {
          const image = withImage ? [imageOf()] : [];
          const told = [{ type: "text" as const, text }, ...image];
          return { type: "tool_result", tool_use_id: use.id, content: told };
        });
        messages.push({ role: "user", content });
      },
      async next(how) {
        const message = await sent(client, body(), how);
        messages.push({ role: "assistant", content: message.content });
        return toldBy(message);
      },
    };
  },
};

async function sent(
  client: Anthropic,
  body: Anthropic.MessageCreateParamsNonStreaming,
  { stream, signal, onPiece }: How,
): Promise<Anthropic.Message> {
  const options = signal ? { signal } : {};
  if (!stream) return client.messages.create(body, options);
  const running = client.messages.stream(body, options);
  running.on("streamEvent", () => onPiece?.());
  return running.finalMessage();
}

function toolOf(): Anthropic.Tool {
  const { name, description, schema } = TOOL;
  return { name, description, input_schema: { ...schema, required: [...schema.required] } };
}

function contentOf(part: Part): Content {
  if (part.kind === "text") return { type: "text", text: part.text };
  if (part.kind === "image") return imageOf();
  const source = { type: "base64", media_type: "application/pdf", data: PDF } as const;
  return { type: "document", source };
}

function imageOf(): Anthropic.ImageBlockParam {
  return { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } };
}

const STOPS: Readonly<Record<string, Told["stop"]>> = {
  end_turn: "end",
  tool_use: "tools",
  max_tokens: "length",
};

function toldBy({ content, usage, stop_reason }: Anthropic.Message): Told {
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  return {
    text: content.map((block) => (block.type === "text" ? block.text : "")).join(""),
    thoughts: content.map((block) => (block.type === "thinking" ? block.thinking : "")).join(""),
    uses: content.flatMap((block) => (block.type === "tool_use" ? [block] : [])),
    stop: STOPS[stop_reason ?? ""] ?? "other",
    usage: { input: usage.input_tokens + cached, output: usage.output_tokens },
  };
}
