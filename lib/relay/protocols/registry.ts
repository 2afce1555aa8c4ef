import type { ProtocolId } from "../model";
import { anthropic } from "./anthropic/index";
import { codeAssist } from "./gemini/code-assist/index";
import { geminiEmbeddings } from "./gemini/embeddings/index";
import { gemini } from "./gemini/index";
import { openaiCompletions } from "./openai-chat/completions/index";
import { openaiChat } from "./openai-chat/index";
import { openaiCompact } from "./openai-compact/index";
import { openaiEmbeddings } from "./openai-embeddings/index";
import { openaiImages } from "./openai-images/index";
import { openaiResponses } from "./openai-responses/index";
import type { Protocol } from "./protocol";

/** Every wire format that the relay speaks: one line each. */
const PROTOCOLS: Readonly<Record<ProtocolId, Protocol>> = {
  anthropic,
  gemini,
  "code-assist": codeAssist,
  "gemini-embeddings": geminiEmbeddings,
  "openai-chat": openaiChat,
  "openai-compact": openaiCompact,
  "openai-completions": openaiCompletions,
  "openai-embeddings": openaiEmbeddings,
  "openai-images": openaiImages,
  "openai-responses": openaiResponses,
};

/** The wire format of that id. */
export function protocolOf(id: ProtocolId): Protocol {
  return PROTOCOLS[id];
}
