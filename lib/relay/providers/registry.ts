import { antigravity } from "./antigravity/index";
import { azureOpenai } from "./azure-openai/index";
import { bedrock } from "./bedrock/index";
import { claudeConsole } from "./claude-console/index";
import { claudeOauth } from "./claude-oauth/index";
import { claudeSetupToken } from "./claude-setup-token/index";
import { droid } from "./droid/index";
import { geminiApiKey } from "./gemini-api-key/index";
import { geminiOauth } from "./gemini-oauth/index";
import { openaiCompatible } from "./openai-compatible/index";
import { openaiOauth } from "./openai-oauth/index";
import { openaiResponses } from "./openai-responses/index";
import type { Provider } from "./provider";
import { vertex } from "./vertex/index";
import { vertexClaude } from "./vertex-claude/index";

/** Every kind of account: one line each. */
export const PROVIDERS: readonly Provider[] = [
  claudeConsole,
  claudeOauth,
  claudeSetupToken,
  geminiApiKey,
  geminiOauth,
  antigravity,
  openaiResponses,
  openaiOauth,
  openaiCompatible,
  azureOpenai,
  bedrock,
  vertex,
  vertexClaude,
  droid,
];

/** The kind of that id; null when this version of the portal does not know it. */
export function providerOf(id: string): Provider | null {
  return PROVIDERS.find((provider) => provider.id === id) ?? null;
}
