import { CLAUDE_FAMILIES, claudeFamily } from "./families";
import type { ModelMap } from "./model";
import { matchesPattern } from "./patterns";

/** Which rule of a map answered; null when an empty map let the name pass. */
export type MappingRule = "exact" | "ignoring-case" | "pattern" | "family" | "default";

export interface MappedModel {
  model: string;
  rule: MappingRule | null;
}

/**
 * The upstream's name for a requested model: exact, then ignoring case, then `*` patterns (the most
 * literal one wins), then the family opus, sonnet or haiku, then the default entry (`*` or
 * `default`). An exact entry whose name contains a family's word serves that family too, unless the
 * map has an entry for the family. An empty map lets every name pass. null = not supported.
 */
export function mapModel(map: ModelMap, requested: string): MappedModel | null {
  const { entries } = map;
  if (entries.length === 0) return { model: requested, rule: null };
  for (const [rule, find] of RULES) {
    const entry = find(entries, requested);
    if (entry) return { model: entry.to, rule };
  }
  return null;
}

/** The key's own map first; a name that it does not know goes on to the account's map as it is. */
export function mapThrough(keyMap: ModelMap, accountMap: ModelMap, requested: string) {
  const asked = mapModel(keyMap, requested)?.model ?? requested;
  return mapModel(accountMap, asked);
}

type Entry = ModelMap["entries"][number];
type Finder = (entries: readonly Entry[], requested: string) => Entry | undefined;

const RULES: readonly (readonly [MappingRule, Finder])[] = [
  ["exact", (entries, requested) => entries.find(({ from }) => from === requested)],
  ["ignoring-case", byCase],
  ["pattern", byPattern],
  ["family", byFamily],
  ["default", (entries) => entries.find(isDefault)],
];

function byCase(entries: readonly Entry[], requested: string): Entry | undefined {
  const name = requested.toLowerCase();
  return entries.find(({ from }) => from.toLowerCase() === name);
}

function byPattern(entries: readonly Entry[], requested: string): Entry | undefined {
  return entries
    .filter((entry) => isPattern(entry) && matchesPattern(entry.from, requested))
    .reduce<Entry | undefined>(
      (best, entry) => (best && literal(best) >= literal(entry) ? best : entry),
      undefined,
    );
}

function byFamily(entries: readonly Entry[], requested: string): Entry | undefined {
  const family = claudeFamily(requested);
  if (!family) return undefined;
  const own = entries.find(({ from }) => from.toLowerCase() === family);
  return own ?? entries.find((entry) => isName(entry) && claudeFamily(entry.from) === family);
}

function isDefault({ from }: Entry): boolean {
  return from === "*" || from.toLowerCase() === "default";
}

function isPattern(entry: Entry): boolean {
  return entry.from.includes("*") && !isDefault(entry);
}

function isName(entry: Entry): boolean {
  const isFamily = CLAUDE_FAMILIES.some((family) => family === entry.from.toLowerCase());
  return !entry.from.includes("*") && !isDefault(entry) && !isFamily;
}

function literal({ from }: Entry): number {
  return from.replaceAll("*", "").length;
}
