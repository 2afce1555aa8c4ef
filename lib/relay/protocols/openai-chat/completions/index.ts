import { jsonPaths, parseSpan, scanJson } from "../../../stream/json-scan";
import { textOrNull } from "../../json-fields";
import type { Protocol } from "../../protocol";
import { openingTurnText } from "../../turn-text";
import { openaiChat } from "../index";
import { readCompletionsCall } from "../read-call";
import { completionsTranslator } from "./translator";

const PATHS = jsonPaths("prompt");

/**
 * Legacy text completions: a prompt instead of messages, and chunks that are otherwise chat's.
 * @see https://platform.openai.com/docs/api-reference/completions
 */
export const openaiCompletions: Protocol = {
  ...openaiChat,
  id: "openai-completions",
  translator: completionsTranslator,
  readCall: readCompletionsCall,
  lastTurnText(body) {
    const prompt = textOrNull(parseSpan(body, scanJson(body, PATHS).get("prompt")));
    return prompt === null ? null : openingTurnText([[prompt]]);
  },
};
