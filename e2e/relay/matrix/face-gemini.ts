import { randomUUID } from "node:crypto";
import {
  type Content,
  type GenerateContentResponse,
  GoogleGenAI,
  type Part as GooglePart,
} from "@google/genai";
import {
  type Face,
  type How,
  MAX_OUTPUT,
  type Part,
  PDF,
  PNG,
  TOOL,
  type Told,
  type ToolUse,
} from "./face";

type Request = Parameters<GoogleGenAI["models"]["generateContent"]>[0];

/** The Gemini API by Google's SDK; an answer's parts go back as they came, as its chats do. */
export const geminiFace: Face = {
  id: "gemini",
  talk({ address, key, model, tool, schema, thinking }) {
    const httpOptions = { baseUrl: `${address}/gemini`, retryOptions: { attempts: 1 } };
    const client = new GoogleGenAI({ apiKey: key, httpOptions });
    const contents: Content[] = [];
    const request = (signal: AbortSignal | undefined): Request => ({
      model,
      contents,
      config: {
        maxOutputTokens: MAX_OUTPUT,
        ...(signal ? { abortSignal: signal } : {}),
        ...(tool ? { tools: [{ functionDeclarations: [toolOf()] }] } : {}),
        ...(thinking ? { thinkingConfig: { includeThoughts: true, thinkingBudget: 4_000 } } : {}),
        ...(schema ? { responseMimeType: "application/json", responseJsonSchema: schema } : {}),
      },
    });
    return {
      say: (parts) => void contents.push({ role: "user", parts: parts.map(partOf) }),
      answerTools(answers) {
        const parts = answers.flatMap(({ use, text, withImage }): GooglePart[] => {
          const { id, name } = use;
          const image = withImage ? [inline("image/png", PNG)] : [];
          return [{ functionResponse: { id, name, response: { output: text } } }, ...image];
        });
        contents.push({ role: "user", parts });
      },
      async next(how) {
        const pieces = await sent(client, request(how.signal), how);
        const parts = pieces.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
        contents.push({ role: "model", parts });
        return toldBy(parts, pieces);
      },
    };
  },
};

async function sent(
  client: GoogleGenAI,
  request: Request,
  { stream, onPiece }: How,
): Promise<GenerateContentResponse[]> {
  if (!stream) return [await client.models.generateContent(request)];
  const pieces: GenerateContentResponse[] = [];
  for await (const piece of await client.models.generateContentStream(request)) {
    onPiece?.();
    pieces.push(piece);
  }
  return pieces;
}

function toolOf() {
  const { name, description, schema } = TOOL;
  return { name, description, parametersJsonSchema: schema };
}

function partOf(part: Part): GooglePart {
  if (part.kind === "text") return { text: part.text };
  return part.kind === "image" ? inline("image/png", PNG) : inline("application/pdf", PDF);
}

function inline(mimeType: string, data: string): GooglePart {
  return { inlineData: { mimeType, data } };
}

const STOPS: Readonly<Record<string, Told["stop"]>> = { STOP: "end", MAX_TOKENS: "length" };

function toldBy(parts: readonly GooglePart[], pieces: readonly GenerateContentResponse[]): Told {
  const uses = parts.flatMap(({ functionCall }): ToolUse[] => {
    if (!functionCall) return [];
    const { id = randomUUID(), name = "", args } = functionCall;
    return [{ id, name, input: args }];
  });
  const usage = pieces.findLast(({ usageMetadata }) => usageMetadata)?.usageMetadata;
  const reason = pieces.findLast(({ candidates }) => candidates?.[0]?.finishReason);
  const ended = STOPS[reason?.candidates?.[0]?.finishReason ?? ""] ?? "other";
  return {
    text: parts.map(({ text, thought }) => (thought ? "" : (text ?? ""))).join(""),
    thoughts: parts.map(({ text, thought }) => (thought ? (text ?? "") : "")).join(""),
    uses,
    stop: uses.length > 0 && ended === "end" ? "tools" : ended,
    usage: {
      input: usage?.promptTokenCount ?? 0,
      output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
    },
  };
}
