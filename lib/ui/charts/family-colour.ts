/**
 * Model families keep their place in the palette on every page. The first that fits counts; the models of
 * a family share its place, and what has none takes a free one.
 */
const FAMILIES: readonly (readonly [name: RegExp, colour: number])[] = [
  [/opus/, 1],
  [/sonnet/, 2],
  [/haiku/, 3],
  [/gemini.*flash/, 5],
  [/gemini/, 4],
  // OpenAI's: gpt-5.5, chatgpt-4o, codex-mini, o3, and the same behind a router's vendor or an alias.
  [/(?:^|[/-])(?:gpt|chatgpt|codex|o\d)(?:[.-]|$)/, 6],
];

/** The palette place of a model's family; undefined for families without one of their own. */
export function familyColour(model: string): number | undefined {
  const name = model.toLowerCase();
  return FAMILIES.find(([family]) => family.test(name))?.[1];
}
