import { AppError } from "../../../../shared/errors";
import type { CallFacts } from "../../../model";
import type { NeutralCall } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { stated, without } from "../../own-extra";
import { readSettings } from "../neutral/read-call";
import { plainText } from "../neutral/read-parts";
import { ownExtra } from "./own-extra";

const READ = [
  "model",
  "stream",
  "stream_options",
  "prompt",
  "max_tokens",
  "temperature",
  "top_p",
  "top_k",
  "seed",
  "frequency_penalty",
  "presence_penalty",
  "stop",
  "n",
  "user",
];

/**
 * The whole call. Throws AppError("invalid_request") where the prompt is not one text.
 * @see https://platform.openai.com/docs/api-reference/completions/create
 */
export function readPrompt(body: Uint8Array, { model, stream }: CallFacts): NeutralCall {
  const given = fields(parseJson(decode(body)));
  return {
    model,
    stream: stream !== null,
    system: [],
    turns: [{ role: "user", blocks: [plainText(promptOf(given.prompt))] }],
    tools: [],
    toolChoice: null,
    ...readSettings(given, stream !== null),
    extra: ownExtra(stated(without(given, ...READ))),
  };
}

/** Several prompts ask for several answers, and tokens are of one model only. */
function promptOf(prompt: unknown): string {
  const [only, ...others] = [prompt].flat();
  const text = textOrNull(only);
  if (text !== null && others.length === 0) return text;
  throw new AppError("invalid_request", "prompt: one text is required.");
}
