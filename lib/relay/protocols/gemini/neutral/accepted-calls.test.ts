import { expect, it } from "vitest";
import { loadRecordings, type Recording } from "../../../../testing/recordings";
import { encode } from "../../../stream/bytes";
import { geminiCall } from "../../../testing/gemini-call";
import { protocolOf } from "../../registry";

const FOLDER = process.env.RECORDINGS_DIR ?? "../shared/recordings";
const PATHS = {
  anthropic: /\/v1\/messages(\?|$)/,
  "openai-chat": /\/chat\/completions/,
  "openai-responses": /\/responses(\?|$)/,
} as const;
type Other = keyof typeof PATHS;

const recordings = ((await loadRecordings(FOLDER)) ?? []).filter(isCall);
const leftOut = recordings.length === 0 ? ` (left out: there is no ${FOLDER})` : "";

function isCall({ protocol, request, response }: Recording): boolean {
  return protocol !== "gemini" && response.status === 200 && PATHS[protocol].test(request.url);
}

/** Those that are registered. */
const others = (Object.keys(PATHS) as Other[]).filter((id) => recordings.length === 0 || has(id));

function has(id: Other): boolean {
  try {
    return protocolOf(id).translator !== null;
  } catch {
    return false;
  }
}

const MODELS = ["gemini-2.5-flash", "gemini-3.1-pro-preview"];

it.each(others)(`writes every recorded call of %s as Google accepts it${leftOut}`, (id) => {
  const { translator } = protocolOf(id);
  for (const { name, protocol, request } of recordings) {
    if (protocol !== id || typeof request.body !== "object") continue;
    const facts = {
      face: "anthropic",
      protocol: id,
      action: "generate",
      model: "any",
      stream: null,
      session: null,
      maxOutputTokens: null,
      bodyBytes: 0,
      modelSpan: null,
    } as const;
    const call = translator?.readCall(encode(JSON.stringify(request.body)), facts);
    for (const model of MODELS) {
      // Signatures are another layer's work.
      const accepted = () => geminiCall(withDummies(call ?? {}), model);
      expect(accepted, `${name} for ${model}`).not.toThrow();
    }
  }
});

type Call = Parameters<typeof geminiCall>[0];

/** Google's documented stand-in where a call has no signature, as the layer of thoughts puts it in. */
function withDummies(call: Call): Call {
  const signature = "skip_thought_signature_validator";
  return {
    ...call,
    turns: (call.turns ?? []).map((turn) => ({
      ...turn,
      blocks: turn.blocks.map((block) =>
        block.kind === "tool-call" ? { ...block, signature } : block,
      ),
    })),
  };
}
