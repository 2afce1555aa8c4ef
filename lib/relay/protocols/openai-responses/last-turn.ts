import { elementSpans, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { fields, textOrNull } from "../json-fields";
import { normalTurnText, openingTurnText } from "../turn-text";

const PATHS = jsonPaths("input");

/** Items that the user's side adds besides messages. */
const USERS: ReadonlySet<unknown> = new Set(["function_call_output", "custom_tool_call_output"]);

/** Text of everything that the user said after the model's last item, tool results included. */
export function responsesLastTurnText(body: Uint8Array): string | null {
  const span = scanJson(body, PATHS).get("input");
  if (!span) return null;
  const text = textOrNull(parseSpan(body, span));
  if (text !== null) return openingTurnText([[text]]);
  const turn: string[][] = [];
  for (const element of elementSpans(body, span).reverse()) {
    const item = fields(parseSpan(body, element));
    if (item.role === "user" || USERS.has(item.type)) turn.push(textsOf(item));
    // Instructions within the turn are left out: other hops move them.
    else if (item.role !== "system" && item.role !== "developer")
      return normalTurnText(turn.flat());
  }
  return openingTurnText(turn);
}

function textsOf({ content, output }: Readonly<Record<string, unknown>>): string[] {
  const given = content ?? output;
  if (typeof given === "string") return [given];
  return Array.isArray(given) ? given.map((part) => textOrNull(fields(part).text) ?? "") : [];
}
