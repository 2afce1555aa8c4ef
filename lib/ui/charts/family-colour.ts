/** Model families keep their place in the palette on every page. The first that fits counts. */
const FAMILIES: readonly (readonly [part: string, colour: number])[] = [
  ["opus", 1],
  ["sonnet", 2],
  ["haiku", 3],
  ["flash", 5],
  ["gemini", 4],
  ["gpt", 6],
];

/** The palette place of a model's family; undefined for families without one of their own. */
export function familyColour(model: string): number | undefined {
  const name = model.toLowerCase();
  return FAMILIES.find(([part]) => name.includes(part))?.[1];
}
