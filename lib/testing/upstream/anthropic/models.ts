/** Models that the fake serves, newest first, with the largest `max_tokens` that each takes. */
const MODELS: readonly AnthropicModel[] = [
  model("claude-opus-5-5", "Claude Opus 5.5", "2026-09-15", 128_000),
  model("claude-sonnet-5-5", "Claude Sonnet 5.5", "2026-09-15", 128_000),
  model("claude-haiku-5-5", "Claude Haiku 5.5", "2026-10-01", 64_000),
  model("claude-fable-5-2", "Claude Fable 5.2", "2026-08-20", 128_000),
  model("claude-fable-5-1", "Claude Fable 5.1", "2026-06-20", 128_000),
  model("claude-opus-5", "Claude Opus 5", "2026-06-02", 128_000),
  model("claude-sonnet-5", "Claude Sonnet 5", "2026-06-02", 128_000),
  model("claude-fable-5", "Claude Fable 5", "2026-05-12", 128_000),
  model("claude-opus-4-8", "Claude Opus 4.8", "2026-05-01", 128_000),
  model("claude-opus-4-7", "Claude Opus 4.7", "2026-04-14", 128_000),
  model("claude-opus-4-6", "Claude Opus 4.6", "2026-02-04", 128_000),
  model("claude-sonnet-4-6", "Claude Sonnet 4.6", "2026-02-17", 64_000),
  model("claude-opus-4-5-20251101", "Claude Opus 4.5", "2025-11-24", 64_000),
  model("claude-haiku-4-5-20251001", "Claude Haiku 4.5", "2025-10-15", 64_000),
  model("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5", "2025-09-29", 64_000),
  model("claude-opus-4-1-20250805", "Claude Opus 4.1", "2025-08-05", 32_000),
  model("claude-opus-4-20250514", "Claude Opus 4", "2025-05-22", 32_000),
  model("claude-sonnet-4-20250514", "Claude Sonnet 4", "2025-05-22", 64_000),
  model("claude-3-7-sonnet-20250219", "Claude Sonnet 3.7", "2025-02-24", 64_000),
  model("claude-3-5-haiku-20241022", "Claude Haiku 3.5", "2024-10-22", 8_192),
];

export interface AnthropicModel {
  id: string;
  displayName: string;
  createdAt: string;
  maxOutputTokens: number;
}

/**
 * The model that a name stands for; null when there is none. Names without a date stand for the
 * dated model, which is then what answers report, and so do `-0` and `-latest`.
 */
export function findAnthropicModel(
  name: string,
  extra: ReadonlySet<string>,
): AnthropicModel | null {
  const bare = name.replace(/-(?:0|latest)$/, "");
  const found = MODELS.find((one) => one.id === name || one.id.replace(/-\d{8}$/, "") === bare);
  if (found !== undefined) return found;
  return extra.has(name) ? model(name, name, "2026-01-01", 128_000) : null;
}

/** All models in the order of the list endpoint. */
export function listAnthropicModels(extra: ReadonlySet<string>): AnthropicModel[] {
  return [...MODELS, ...[...extra].map((id) => model(id, id, "2026-01-01", 128_000))];
}

/** System messages between the others are understood from this generation on. */
export function takesSystemMessages(id: string): boolean {
  return !/^claude-(?:3|(?:opus|sonnet|haiku)-4(?!-8))/.test(id);
}

/** Sampling parameters that a model takes: all, not two of them at once, or none. */
export function samplingOf(id: string): "all" | "one" | "none" {
  const version = versionOf(id);
  if (version >= 407) return "none";
  return version >= 401 ? "one" : "all";
}

/** Types of `thinking` that a model refuses. */
export function refusedThinking(id: string): ReadonlySet<string> {
  const version = versionOf(id);
  const always = alwaysThinks(id) ? ["disabled"] : [];
  if (version >= 407) return new Set(["enabled", ...always]);
  return new Set(version >= 406 ? [] : ["adaptive"]);
}

/** Models whose thinking cannot be switched off, and which are never forced to call a tool. */
export function alwaysThinks(id: string): boolean {
  return /^claude-(?:(?:opus|sonnet)-5-5|fable-5-[12])/.test(id);
}

/** May the conversation end with the beginning of the answer? */
export function takesPrefill(id: string): boolean {
  return versionOf(id) < 406;
}

/** Generation times 100 plus the number behind it: 4.6 is 406. Unknown names are taken for old ones. */
function versionOf(id: string): number {
  const [, old, oldMinor] = /^claude-(\d)(?:-(\d))?-/.exec(id) ?? [];
  if (old !== undefined) return Number(old) * 100 + Number(oldMinor ?? 0);
  const [, major, minor] = /^claude-[a-z]+-(\d)(?:-(\d))?(?!\d)/.exec(id) ?? [];
  return Number(major ?? 4) * 100 + Number(minor ?? 0);
}

function model(
  id: string,
  displayName: string,
  day: string,
  maxOutputTokens: number,
): AnthropicModel {
  return { id, displayName, createdAt: `${day}T00:00:00Z`, maxOutputTokens };
}
