export const CLAUDE_FAMILIES = ["opus", "sonnet", "haiku"] as const;
export type ClaudeFamily = (typeof CLAUDE_FAMILIES)[number];

/** The family word that a model's name contains; null when there is none. */
export function claudeFamily(model: string): ClaudeFamily | null {
  const name = model.toLowerCase();
  return CLAUDE_FAMILIES.find((family) => name.includes(family)) ?? null;
}

/**
 * What a provider's quota is counted by: Claude's class, otherwise the model itself (Google counts
 * per model).
 */
export function familyOf(model: string): string {
  return claudeFamily(model) ?? model.toLowerCase();
}
