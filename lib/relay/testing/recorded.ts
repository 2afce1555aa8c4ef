import { loadRecordings, type Recording } from "../../testing/recordings";
import type { CallFacts, StreamForm } from "../model";
import type { Protocol } from "../protocols/protocol";
import { protocolOf } from "../protocols/registry";
import type { Translator } from "../protocols/translator";
import { decode, encode } from "../stream/bytes";
import { MATRIX_IDS, type MatrixId } from "../translation/known-losses";

/** What each format's calls to a model are sent to. */
const PATHS: Readonly<Record<MatrixId, RegExp>> = {
  anthropic: /\/v1\/messages(\?|$)/,
  "openai-chat": /\/chat\/completions(\?|$)/,
  "openai-responses": /\/responses(\?|$)/,
  gemini: /:(stream)?generateContent/i,
};

/** A recorded exchange with a provider that answered. */
export interface Recorded {
  name: string;
  id: MatrixId;
  protocol: Protocol;
  translator: Translator;
  call: Uint8Array;
  facts: CallFacts;
  answer: Uint8Array;
  stream: StreamForm | null;
}

/** Every recorded exchange of the matrix's formats; none, with the reason for a test's name, without the folder. */
export async function recordedExchanges(
  folder: string,
): Promise<{ all: Recorded[]; leftOut: string }> {
  const recordings = await loadRecordings(folder);
  const leftOut = recordings === null ? ` (left out: there is no ${folder})` : "";
  return { all: (recordings ?? []).flatMap(exchangeOf), leftOut };
}

/** The formats beside this one. */
export function othersThan(id: MatrixId): MatrixId[] {
  return MATRIX_IDS.filter((other) => other !== id);
}

/** The translator of a format that has one. */
export function translatorOf(id: MatrixId): Translator {
  const { translator } = protocolOf(id);
  if (translator) return translator;
  throw new Error(`${id} has no translator.`);
}

function exchangeOf({ protocol: id, name, request, response }: Recording): Recorded[] {
  const { body, url } = request;
  if (!PATHS[id].test(url) || response.status !== 200 || typeof body !== "object") return [];
  const text = decode(response.bodyBytes);
  const stream = /^(event|data|:)/.test(text) ? "sse" : null;
  if (!stream && !text.trimStart().startsWith("{")) return [];
  const facts: CallFacts = {
    face: id,
    protocol: id,
    action: "generate",
    model: "any-model",
    stream,
    session: null,
    maxOutputTokens: null,
    bodyBytes: 0,
    modelSpan: null,
  };
  const protocol = protocolOf(id);
  const call = encode(JSON.stringify(body));
  const translator = translatorOf(id);
  return [{ name, id, protocol, translator, call, facts, answer: response.bodyBytes, stream }];
}
