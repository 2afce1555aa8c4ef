import type { NeutralCall } from "../../neutral";
import type { ToolCallBlock } from "../../neutral-blocks";
import { groupOf } from "./provenance";
import { namedBy, nameOfCall } from "./references";
import type { OpenFacts } from "./thoughts";

/** Calls for which the store is asked, counted from the end: older ones make do without. */
const MOST_CALLS = 1_000;

type Facts = Pick<OpenFacts, "target" | "session" | "hmac">;

/**
 * Names that the store has to be asked for before the call is opened; none unless Gemini is asked, for
 * nobody else signs calls of tools.
 */
export function namesToRecall(call: NeutralCall, facts: Facts): string[] {
  if (groupOf(facts.target.protocol) !== "gemini") return [];
  return [...new Set(storedNames(call, facts).values())];
}

/** Under which names the store would know the signatures that the calls of tools came without. */
export function storedNames(
  { turns }: NeutralCall,
  { session, hmac }: Facts,
): ReadonlyMap<ToolCallBlock, string> {
  const nameOf = (block: ToolCallBlock, before: number) =>
    namedBy(block.id) ?? nameOfCall(block, { session, before }, hmac);
  return new Map(
    turns
      .flatMap(({ blocks }) => blocks)
      .filter((block) => block.kind === "tool-call")
      .map((block, before) => ({ block, before }))
      .filter(({ block }) => !block.signature)
      .slice(-MOST_CALLS)
      .map(({ block, before }) => [block, nameOf(block, before)]),
  );
}
