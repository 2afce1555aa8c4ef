import { elementSpans, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { fields, textOrNull } from "../json-fields";
import { normalTurnText, openingTurnText } from "../turn-text";

const PATHS = jsonPaths("messages");

/**
 * Text of everything that the user said after the assistant's last message. Tool results are taken
 * as claude-code-router 2.0 writes them on: a text as it is, blocks as JSON. System messages within
 * the turn are left out, since it drops them.
 */
export function anthropicLastTurnText(body: Uint8Array): string | null {
  const span = scanJson(body, PATHS).get("messages");
  const elements = span ? elementSpans(body, span) : [];
  const turn: string[][] = [];
  for (const element of elements.reverse()) {
    const { role, content } = fields(parseSpan(body, element));
    if (role === "assistant") return normalTurnText(turn.flat());
    if (role === "user") turn.push(textsOf(content));
  }
  return openingTurnText(turn);
}

function textsOf(content: unknown): string[] {
  if (typeof content === "string") return [content];
  return Array.isArray(content) ? content.map(fields).map(textOf) : [];
}

function textOf({ type, text, content }: Readonly<Record<string, unknown>>): string {
  if (type === "text") return textOrNull(text) ?? "";
  if (type !== "tool_result") return "";
  return typeof content === "string" ? content : (JSON.stringify(content) ?? "");
}
