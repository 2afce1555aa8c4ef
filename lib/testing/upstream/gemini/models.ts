/** A model of the Gemini API. */
export interface GeminiModel {
  /** Without "models/". */
  id: string;
  displayName: string;
  version: string;
  inputTokenLimit: number;
  outputTokenLimit: number;
  actions: readonly string[];
}

const GENERATES = ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"];
const EXTRAS = [...GENERATES, "embedContent", "batchEmbedContents"];

const MODELS: readonly GeminiModel[] = [
  model("gemini-3.8-flash", "Gemini 3.8 Flash"),
  model("gemini-3.8-pro", "Gemini 3.8 Pro"),
  model("gemini-3.5-flash", "Gemini 3.5 Flash"),
  model("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite"),
  model("gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview"),
  model("gemini-3.1-flash-lite-preview", "Gemini 3.1 Flash-Lite Preview"),
  model("gemini-3-pro-preview", "Gemini 3 Pro Preview"),
  model("gemini-3-flash-preview", "Gemini 3 Flash Preview"),
  model("gemini-2.5-pro", "Gemini 2.5 Pro"),
  model("gemini-2.5-flash", "Gemini 2.5 Flash"),
  model("gemini-2.5-flash-lite", "Gemini 2.5 Flash-Lite"),
  model("gemini-2.0-flash", "Gemini 2.0 Flash", 8192),
  model("gemini-2.0-flash-lite", "Gemini 2.0 Flash-Lite", 8192),
  embedder("gemini-embedding-2", "Gemini Embedding 2"),
  embedder("gemini-embedding-001", "Gemini Embedding 001"),
];

/** The model of that name (with or without "models/"); null when there is none. */
export function findGeminiModel(name: string, extra: ReadonlySet<string>): GeminiModel | null {
  const id = name.replace(/^models\//, "");
  return listGeminiModels(extra).find((one) => one.id === id) ?? null;
}

/** All models in the order of the list endpoint. */
export function listGeminiModels(extra: ReadonlySet<string>): GeminiModel[] {
  return [...MODELS, ...[...extra].map((id) => ({ ...model(id, id), actions: EXTRAS }))];
}

/** Gemini 3 and later insist on their thought signatures. */
export function insistsOnSignatures(id: string): boolean {
  return generation(id) >= 3;
}

/** Models since 2.5 think unless they are told not to. */
export function canThink(id: string): boolean {
  return generation(id) >= 2.5;
}

/** Functions may stand beside the provider's own tools, and answers in JSON beside functions. */
export function combinesTools(id: string): boolean {
  return generation(id) >= 3;
}

/** How a model lets its thinking be bounded; null when it does not think. */
export function thinkingBounds(id: string): ThinkingBounds | null {
  if (!canThink(id)) return null;
  if (generation(id) >= 3) return { levels: levelsOf(id), least: 0, most: 65_536, mayBeOff: false };
  const pro = id.includes("-pro");
  const lite = id.includes("-lite");
  return {
    levels: [],
    least: pro ? 128 : 512 * Number(lite),
    most: pro ? 32_768 : 24_576,
    mayBeOff: !pro,
  };
}

/** Levels since generation 3; a budget of tokens everywhere. */
export interface ThinkingBounds {
  levels: readonly string[];
  least: number;
  most: number;
  mayBeOff: boolean;
}

function levelsOf(id: string): string[] {
  if (id.startsWith("gemini-3-pro")) return ["LOW", "HIGH"];
  const all = ["LOW", "MEDIUM", "HIGH"];
  return id.includes("-pro") ? all : ["MINIMAL", ...all];
}

function generation(id: string): number {
  return Number(/^gemini-(\d+(?:\.\d+)?)-/.exec(id)?.[1] ?? 0);
}

function embedder(id: string, displayName: string): GeminiModel {
  return { ...model(id, displayName, 1), actions: ["embedContent", "batchEmbedContents"] };
}

function model(id: string, displayName: string, outputTokenLimit = 65_536): GeminiModel {
  const version = /^gemini-([\d.]+)/.exec(id)?.[1] ?? "001";
  return {
    id,
    displayName,
    version,
    inputTokenLimit: 1_048_576,
    outputTokenLimit,
    actions: GENERATES,
  };
}
