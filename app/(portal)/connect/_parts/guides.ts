import type { CodeVariant } from "@/lib/ui/primitives/code-block";
import { curl, jsonFile, kept, npmInstall, shells } from "./guide-commands";
import {
  CODEX_KEY_VARIABLE,
  ccrConfig,
  ccrVariables,
  codeAssistSettings,
  codexConfig,
  opencodeConfig,
} from "./guide-files";
import { anthropicSdk, chatSdk, googleSdk, responsesSdk } from "./sdk-code";

/** The clients that the page can set up, in the order in which they are offered. */
export const CLIENTS = [
  "claude-code",
  "vs-code",
  "claude-models",
  "codex",
  "gemini-cli",
  "code-assist",
  "opencode",
  "ccr",
  "curl",
  "python",
  "typescript",
] as const;
export type Client = (typeof CLIENTS)[number];

export const isClient = (text: string): text is Client => CLIENTS.some((one) => one === text);

/** The names of the steps; each has its words in the area "connect". */
export type StepName =
  | "install"
  | "settingsFile"
  | "editorSettings"
  | "run"
  | "keep"
  | "pickModel"
  | "codexConfig"
  | "codeAssistSettings"
  | "opencodeConfig"
  | "opencodeRun"
  | "ccrConfig"
  | "ccrStart"
  | "ccrClient"
  | "anthropic"
  | "gemini"
  | "openaiChat"
  | "openaiResponses"
  | "installSdk";

export interface Step {
  name: StepName;
  variants: readonly [CodeVariant, ...CodeVariant[]];
}

/** What the commands are filled in with. */
export interface Place {
  /** The portal's address without a slash at its end. */
  address: string;
  /** The key as it is shown and, when it is known in full, as it is copied. */
  shownKey: string;
  copiedKey: string;
}

/**
 * The commands that point a client at this portal. What is copied holds the whole key where the page
 * knows it; what is shown never does.
 */
export function guideOf(client: Client, place: Place): Step[] {
  const write = GUIDES[client];
  const shown = write(place.address, place.shownKey);
  const copied = write(place.address, place.copiedKey);
  return shown.map((step, index) => ({ ...step, variants: withCopies(step, copied[index]) }));
}

function withCopies(shown: Step, copied: Step | undefined): Step["variants"] {
  const [first, ...rest] = shown.variants;
  const withCopy = (variant: CodeVariant, index: number): CodeVariant => ({
    ...variant,
    copy: copied?.variants[index]?.code,
  });
  return [withCopy(first, 0), ...rest.map((variant, index) => withCopy(variant, index + 1))];
}

type Guide = (address: string, key: string) => Step[];

const GUIDES: Record<Client, Guide> = {
  "claude-code": (address, key) => {
    const variables = claudeVariables(address, key);
    return [
      { name: "install", variants: npmInstall("@anthropic-ai/claude-code") },
      { name: "run", variants: shells(variables, "claude") },
      { name: "keep", variants: kept(variables) },
    ];
  },
  "vs-code": (address, key) => {
    const variables = claudeVariables(address, key);
    const listed = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const editor = {
      "claudeCode.disableLoginPrompt": true,
      "claudeCode.environmentVariables": listed,
    };
    return [
      { name: "editorSettings", variants: jsonFile(editor) },
      { name: "settingsFile", variants: jsonFile({ env: variables }) },
    ];
  },
  // Its picker asks the portal for models by this variable, and lists only names that begin with claude-.
  "claude-models": (address, key) => {
    const variables = {
      ...claudeVariables(address, key),
      CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: "1",
    };
    const pick = "claude --model claude-gemini-3-pro-preview\nclaude --model claude-gpt-5.5";
    return [
      { name: "install", variants: npmInstall("@anthropic-ai/claude-code") },
      { name: "run", variants: shells(variables, "claude") },
      { name: "pickModel", variants: [{ language: "bash", label: "bash/zsh", code: pick }] },
      { name: "keep", variants: kept(variables) },
    ];
  },
  codex: (address, key) => {
    const variables = { [CODEX_KEY_VARIABLE]: key };
    const file: CodeVariant = {
      language: "toml",
      label: "config.toml",
      code: codexConfig(address),
    };
    return [
      { name: "install", variants: npmInstall("@openai/codex") },
      { name: "codexConfig", variants: [file] },
      { name: "run", variants: shells(variables, "codex") },
      { name: "keep", variants: kept(variables) },
    ];
  },
  "gemini-cli": (address, key) => {
    const variables = { GOOGLE_GEMINI_BASE_URL: `${address}/gemini`, GEMINI_API_KEY: key };
    return [
      { name: "install", variants: npmInstall("@google/gemini-cli") },
      { name: "run", variants: shells(variables, "gemini") },
      { name: "keep", variants: kept(variables) },
    ];
  },
  "code-assist": (address, key) => {
    const variables = {
      GOOGLE_GENAI_USE_GCA: "true",
      CODE_ASSIST_ENDPOINT: `${address}/gemini`,
      GOOGLE_CLOUD_ACCESS_TOKEN: key,
    };
    return [
      { name: "install", variants: npmInstall("@google/gemini-cli") },
      { name: "codeAssistSettings", variants: jsonFile(codeAssistSettings, "settings.json") },
      { name: "run", variants: shells(variables, "gemini") },
      { name: "keep", variants: kept(variables) },
    ];
  },
  opencode: (address, key) => {
    const run = 'opencode run --model portal-openai/gpt-5.5 "Hello"';
    return [
      { name: "install", variants: npmInstall("opencode-ai") },
      { name: "opencodeConfig", variants: jsonFile(opencodeConfig(address, key), "opencode.json") },
      { name: "opencodeRun", variants: [{ language: "bash", code: run }] },
    ];
  },
  ccr: (address, key) => [
    { name: "install", variants: npmInstall("@musistudio/claude-code-router@2.0.0") },
    { name: "ccrConfig", variants: jsonFile(ccrConfig(address, key), "config.json") },
    { name: "ccrStart", variants: [{ language: "bash", code: "ccr restart\nccr status" }] },
    { name: "ccrClient", variants: shells(ccrVariables, "claude") },
  ],
  curl: (address, key) => [
    { name: "anthropic", variants: curlAnthropic(address, key) },
    { name: "gemini", variants: curlGemini(address, key) },
    { name: "openaiChat", variants: curlChat(address, key) },
    { name: "openaiResponses", variants: curlResponses(address, key) },
  ],
  python: (address, key) => {
    const python = (code: string): [CodeVariant] => [{ language: "python", code }];
    const install = "pip install anthropic google-genai openai";
    return [
      { name: "installSdk", variants: [{ language: "bash", code: install }] },
      { name: "anthropic", variants: python(anthropicSdk.python(address, key)) },
      { name: "gemini", variants: python(googleSdk.python(address, key)) },
      { name: "openaiChat", variants: python(chatSdk.python(address, key)) },
      { name: "openaiResponses", variants: python(responsesSdk.python(address, key)) },
    ];
  },
  typescript: (address, key) => {
    const typescript = (code: string): [CodeVariant] => [{ language: "typescript", code }];
    return [
      { name: "installSdk", variants: npmInstall("@anthropic-ai/sdk @google/genai openai", "") },
      { name: "anthropic", variants: typescript(anthropicSdk.typescript(address, key)) },
      { name: "gemini", variants: typescript(googleSdk.typescript(address, key)) },
      { name: "openaiChat", variants: typescript(chatSdk.typescript(address, key)) },
      { name: "openaiResponses", variants: typescript(responsesSdk.typescript(address, key)) },
    ];
  },
};

const claudeVariables = (address: string, key: string) => ({
  ANTHROPIC_BASE_URL: `${address}/api/`,
  ANTHROPIC_AUTH_TOKEN: key,
});

function curlAnthropic(address: string, key: string) {
  const messages = [{ role: "user", content: "Hello" }];
  const body = { model: "claude-sonnet-5-5", max_tokens: 100, messages };
  const headers = { "x-api-key": key, "anthropic-version": "2023-06-01" };
  return curl(`${address}/api/v1/messages`, headers, body);
}

function curlGemini(address: string, key: string) {
  const body = { contents: [{ role: "user", parts: [{ text: "Hello" }] }] };
  const path = "/gemini/v1beta/models/gemini-2.5-flash:generateContent";
  return curl(`${address}${path}`, { "x-goog-api-key": key }, body);
}

function curlChat(address: string, key: string) {
  const body = { model: "gpt-5.5", messages: [{ role: "user", content: "Hello" }] };
  return curl(`${address}/openai/v1/chat/completions`, { authorization: `Bearer ${key}` }, body);
}

function curlResponses(address: string, key: string) {
  const body = { model: "gpt-5.5", input: "Hello" };
  return curl(`${address}/openai/v1/responses`, { authorization: `Bearer ${key}` }, body);
}
