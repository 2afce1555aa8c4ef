import OpenAI from "openai";
import { asSent } from "./as-sent";
import { type Face, type How, MAX_OUTPUT, type Part, PDF, PNG, TOOL, type Told } from "./face";

type Body = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type Response = OpenAI.Responses.Response;

/** The Responses API by OpenAI's SDK and its `ResponseStream`; stateless, as Codex asks. */
export const responsesFace: Face = {
  id: "openai-responses",
  talk({ address, key, model, tool, schema, thinking }) {
    const client = new OpenAI({ baseURL: `${address}/openai/v1`, apiKey: key, maxRetries: 0 });
    const input: OpenAI.Responses.ResponseInputItem[] = [];
    const body = (): Body => ({
      model,
      input,
      store: false,
      include: ["reasoning.encrypted_content"],
      max_output_tokens: MAX_OUTPUT,
      ...(tool ? { tools: [toolOf()] } : {}),
      ...(thinking ? { reasoning: { effort: "high" as const, summary: "auto" as const } } : {}),
      ...(schema
        ? {
            text: {
              format: { type: "json_schema" as const, name: "answer", schema, strict: true },
            },
          }
        : {}),
    });
    return {
      say: (parts) => void input.push({ role: "user", content: parts.map(contentOf) }),
      answerTools(answers) {
        for (const { use, text, withImage } of answers) {
          const output = withImage ? [{ type: "input_text" as const, text }, imageOf()] : text;
          input.push({ type: "function_call_output", call_id: use.id, output });
        }
      },
      async next(how) {
        const response = await sent(client, body(), how);
        input.push(...(asSent(response.output) as OpenAI.Responses.ResponseInputItem[]));
        return toldBy(response);
      },
    };
  },
};

async function sent(
  client: OpenAI,
  body: Body,
  { stream, signal, onPiece }: How,
): Promise<Response> {
  const options = signal ? { signal } : {};
  if (!stream) return client.responses.create(body, options);
  const running = client.responses.stream({ ...body, stream: true }, options);
  running.on("event", () => onPiece?.());
  return running.finalResponse();
}

function toolOf(): OpenAI.Responses.FunctionTool {
  const { name, description, schema } = TOOL;
  return { type: "function", name, description, parameters: { ...schema }, strict: false };
}

function contentOf(part: Part): OpenAI.Responses.ResponseInputContent {
  if (part.kind === "text") return { type: "input_text", text: part.text };
  if (part.kind === "image") return imageOf();
  const file_data = `data:application/pdf;base64,${PDF}`;
  return { type: "input_file", filename: "page.pdf", file_data };
}

function imageOf(): OpenAI.Responses.ResponseInputImage {
  return { type: "input_image", image_url: `data:image/png;base64,${PNG}`, detail: "auto" };
}

function toldBy(response: Response): Told {
  const { output, status, incomplete_details, usage } = response;
  if (status === "failed") throw new Error(response.error?.message ?? "The response failed.");
  const uses = output.flatMap((item) =>
    item.type === "function_call"
      ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }]
      : [],
  );
  const thoughts = output.flatMap((item) =>
    item.type === "reasoning" ? item.summary.map(({ text }) => text) : [],
  );
  const isLong = incomplete_details?.reason === "max_output_tokens";
  return {
    text: response.output_text,
    thoughts: thoughts.join(""),
    uses,
    stop: stopOf(uses.length > 0, status === "completed", isLong),
    usage: { input: usage?.input_tokens ?? 0, output: usage?.output_tokens ?? 0 },
  };
}

function stopOf(calls: boolean, complete: boolean, isLong: boolean): Told["stop"] {
  if (isLong) return "length";
  if (!complete) return "other";
  return calls ? "tools" : "end";
}
