import { perObject } from "../shared/per-object";
import { CLAUDE_FAMILIES, type ClaudeFamily, claudeFamily } from "./families";
import type { ModelMap } from "./model";
import { matchesPattern } from "./patterns";

/** Which rule of a map answered; null when an empty map let the name pass. */
export type MappingRule = "exact" | "ignoring-case" | "pattern" | "family" | "default";

export interface MappedModel {
  readonly model: string;
  readonly rule: MappingRule | null;
}

/**
 * The upstream's name for a requested model: exact, then ignoring case, then `*` patterns (the most
 * literal one wins), then the family opus, sonnet or haiku, then the default entry (`*` or
 * `default`). An exact entry whose name contains a family's word serves that family too, unless the
 * map has an entry for the family. An empty map lets every name pass. null = not supported.
 */
export function mapModel({ entries }: ModelMap, requested: string): MappedModel | null {
  if (entries.length === 0) return { model: requested, rule: null };
  const rules = rulesOf(entries);
  return rules.exact.get(requested) ?? byOtherRules(rules, requested);
}

/** The key's own map first; a name that it does not know goes on to the account's map as it is. */
export function mapThrough(keyMap: ModelMap, accountMap: ModelMap, requested: string) {
  if (keyMap.entries.length === 0) return mapModel(accountMap, requested);
  const asked = mapModel(keyMap, requested)?.model ?? requested;
  return mapModel(accountMap, asked);
}

type Entry = ModelMap["entries"][number];

/** A map's entries as they are looked up; of several for the same name the first holds. */
interface Rules {
  exact: ReadonlyMap<string, MappedModel>;
  byCase: ReadonlyMap<string, MappedModel>;
  /** The most literal one first. */
  patterns: readonly { from: string; mapped: MappedModel }[];
  byFamily: ReadonlyMap<ClaudeFamily, MappedModel>;
  byDefault: MappedModel | null;
}

/** Sorted out once for each list of entries: every request asks each account's. */
const rulesOf = perObject((entries: readonly Entry[]): Rules => {
  const patterns = entries.filter(isPattern).sort((a, b) => literal(b) - literal(a));
  const byDefault = entries.find(isDefault);
  return {
    exact: firstOf(entries, "exact", ({ from }) => from),
    byCase: firstOf(entries, "ignoring-case", ({ from }) => from.toLowerCase()),
    patterns: patterns.map(({ from, to }) => ({ from, mapped: { model: to, rule: "pattern" } })),
    byFamily: firstOf([...entries.filter(isFamily), ...entries.filter(isName)], "family", ofFamily),
    byDefault: byDefault ? { model: byDefault.to, rule: "default" } : null,
  };
});

function firstOf<N>(
  entries: readonly Entry[],
  rule: MappingRule,
  nameOf: (entry: Entry) => N | null,
): ReadonlyMap<N, MappedModel> {
  const found = new Map<N, MappedModel>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name !== null && !found.has(name)) found.set(name, { model: entry.to, rule });
  }
  return found;
}

function byOtherRules(rules: Rules, requested: string): MappedModel | null {
  const byCase = rules.byCase.get(requested.toLowerCase());
  if (byCase) return byCase;
  for (const { from, mapped } of rules.patterns) {
    if (matchesPattern(from, requested)) return mapped;
  }
  const family = claudeFamily(requested);
  return (family && rules.byFamily.get(family)) ?? rules.byDefault;
}

function ofFamily({ from }: Entry): ClaudeFamily | null {
  return claudeFamily(from);
}

function isDefault({ from }: Entry): boolean {
  return from === "*" || from.toLowerCase() === "default";
}

function isPattern(entry: Entry): boolean {
  return entry.from.includes("*") && !isDefault(entry);
}

function isFamily({ from }: Entry): boolean {
  return CLAUDE_FAMILIES.some((family) => family === from.toLowerCase());
}

function isName(entry: Entry): boolean {
  return !entry.from.includes("*") && !isDefault(entry) && !isFamily(entry);
}

function literal({ from }: Entry): number {
  return from.replaceAll("*", "").length;
}
