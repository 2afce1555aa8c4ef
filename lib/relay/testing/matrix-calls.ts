import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY, FAKE_OPENAI_KEY } from "../../testing/upstream/keys";
import type { CallFacts } from "../model";
import type { NeutralCall } from "../neutral";
import { decode } from "../stream/bytes";
import { fitNames } from "../translation/fit-names";
import type { MatrixId } from "../translation/known-losses";
import { openThoughts } from "../translation/thoughts/open-thoughts";
import { translatorOf } from "./recorded";
import { hmac } from "./thinkers";

/** A model of each format's maker that does all that the matrix asks. */
export const MATRIX_MODELS: Readonly<Record<MatrixId, string>> = {
  anthropic: "claude-opus-4-5",
  gemini: "gemini-3-pro-preview",
  "openai-chat": "gpt-5.5",
  "openai-responses": "gpt-5.5",
};

/** A call as the pipeline would send it to an account of another format, and what a scan of it would tell. */
export function written(
  target: MatrixId,
  call: NeutralCall,
  face: MatrixId = "anthropic",
): { body: Uint8Array; facts: CallFacts } {
  const model = MATRIX_MODELS[target];
  const thinker = { protocol: target, model, accountId: "acc_other" };
  const recalled = new Map<string, string>();
  const opened = openThoughts(call, { face, target: thinker, session: "s", hmac, recalled });
  const fitted = fitNames(opened.call, target).call;
  const { body } = translatorOf(target).writeCall(fitted, { model, action: "generate" });
  const facts: CallFacts = {
    face: target,
    protocol: target,
    action: "generate",
    model,
    stream: null,
    session: null,
    maxOutputTokens: null,
    bodyBytes: body.length,
    modelSpan: null,
  };
  return { body, facts };
}

const OPENAI = { authorization: `Bearer ${FAKE_OPENAI_KEY}` };
const PLACES: Readonly<Record<MatrixId, { path: string; headers: Record<string, string> }>> = {
  anthropic: {
    path: "/v1/messages",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
  },
  gemini: {
    path: `/v1beta/models/${MATRIX_MODELS.gemini}:generateContent`,
    headers: { "x-goog-api-key": FAKE_GEMINI_KEY },
  },
  "openai-chat": { path: "/v1/chat/completions", headers: OPENAI },
  "openai-responses": { path: "/v1/responses", headers: OPENAI },
};

/** What a fake upstream, as strict as the real one, answers to a call in a format. */
export async function askedOf(
  address: string,
  target: MatrixId,
  body: Uint8Array,
): Promise<{ status: number; text: string }> {
  const { path, headers } = PLACES[target];
  const answer = await fetch(`${address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: decode(body),
  });
  return { status: answer.status, text: await answer.text() };
}
