import { elementSpans, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { fields, textOrNull } from "../json-fields";
import { normalTurnText, openingTurnText } from "../turn-text";

const PATHS = jsonPaths("messages");

/** Text of everything that the user said after the model's last message, tool results included. */
export function chatLastTurnText(body: Uint8Array): string | null {
  const span = scanJson(body, PATHS).get("messages");
  if (!span) return null;
  const turn: string[][] = [];
  for (const element of elementSpans(body, span).reverse()) {
    const message = fields(parseSpan(body, element));
    if (message.role === "assistant") return normalTurnText(turn.flat());
    // Instructions within the turn are left out: other hops move them.
    if (message.role === "user" || message.role === "tool") turn.push(textsOf(message.content));
  }
  return openingTurnText(turn);
}

function textsOf(content: unknown): string[] {
  if (typeof content === "string") return [content];
  if (!Array.isArray(content)) return [];
  return content.map((part) => textOrNull(fields(part).text) ?? "");
}
