import { anthropicSpeech } from "./anthropic/speech";
import type { UpstreamProtocol } from "./book";
import { codeAssistSpeech } from "./gemini/code-assist";
import { geminiSpeech } from "./gemini/speech";
import { completionsSpeech } from "./openai/completions";
import { embeddingsSpeech } from "./openai/embeddings";
import { imagesSpeech } from "./openai/images";
import { openaiModelsSpeech } from "./openai/models-list";
import { chatSpeech } from "./openai-chat/handle";
import { responsesSpeech } from "./openai-responses/handle";
import type { Speech } from "./speech";

/** How each protocol is spoken. */
export const SPEECHES: Readonly<Record<UpstreamProtocol, Speech>> = {
  anthropic: anthropicSpeech,
  gemini: geminiSpeech,
  "code-assist": codeAssistSpeech,
  openai: openaiModelsSpeech,
  "openai-chat": chatSpeech,
  "openai-responses": responsesSpeech,
  "openai-completions": completionsSpeech,
  "openai-embeddings": embeddingsSpeech,
  "openai-images": imagesSpeech,
};
