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
  { ...model("gemini-embedding-001", "Gemini Embedding 001", 1), actions: ["embedContent"] },
];

/** The model of that name (with or without "models/"); null when there is none. */
export function findGeminiModel(name: string, extra: ReadonlySet<string>): GeminiModel | null {
  const id = name.replace(/^models\//, "");
  return listGeminiModels(extra).find((one) => one.id === id) ?? null;
}

/** All models in the order of the list endpoint. */
export function listGeminiModels(extra: ReadonlySet<string>): GeminiModel[] {
  return [...MODELS, ...[...extra].map((id) => model(id, id))];
}

/** Gemini 3 and later insist on their thought signatures. */
export function insistsOnSignatures(id: string): boolean {
  return generation(id) >= 3;
}

/** Models since 2.5 think unless they are told not to. */
export function canThink(id: string): boolean {
  return generation(id) >= 2.5;
}

function generation(id: string): number {
  return Number(/^gemini-(\d+(?:\.\d+)?)-/.exec(id)?.[1] ?? 0);
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
