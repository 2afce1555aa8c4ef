import { elementSpans, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { fields, textOrNull } from "../json-fields";
import { normalTurnText, openingTurnText } from "../turn-text";

/** Text of everything that the user said after the model's last content, tool results included. */
export function geminiLastTurnText(body: Uint8Array, path = "contents"): string | null {
  const span = scanJson(body, jsonPaths(path)).get(path);
  const elements = span ? elementSpans(body, span) : [];
  const turn: string[][] = [];
  for (const element of elements.reverse()) {
    const { role, parts } = fields(parseSpan(body, element));
    if (role === "model") return normalTurnText(turn.flat());
    if (Array.isArray(parts)) turn.push(parts.map(fields).map(textOf));
  }
  return openingTurnText(turn);
}

function textOf(part: Readonly<Record<string, unknown>>): string {
  const text = textOrNull(part.text);
  if (text !== null) return text;
  const { response } = fields(part.functionResponse);
  if (response === undefined) return "";
  // claude-code-router puts a tool's text under `result`; other clients send a structure.
  return textOrNull(fields(response).result) ?? JSON.stringify(response);
}
