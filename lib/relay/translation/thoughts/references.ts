import type { NeutralCall } from "../../neutral";
import type { ToolCallBlock } from "../../neutral-blocks";
import { parseJson } from "../../protocols/json-fields";
import type { Hmac } from "./thoughts";

/** Ids longer than this are refused by the Responses API. */
const MAX_ID_CHARS = 64;
const REFERENCE_CHARS = 22;
const MARK = "_rps_";
const REFERENCE = new RegExp(`${MARK}([\\w-]{${REFERENCE_CHARS}})$`);

/** A name in the store that no other answer has; `n` counts within the answer. */
export function referenceOf(requestId: string, n: number, hmac: Hmac): string {
  return hmac(`reference\n${requestId}\n${n}`).slice(0, REFERENCE_CHARS);
}

/**
 * The id of a tool call with a reference at its end, in the characters and the length that every
 * protocol takes. It stays on the call for ever, whichever upstream is asked next.
 */
export function withReference(id: string, reference: string): string {
  const room = MAX_ID_CHARS - MARK.length - REFERENCE_CHARS;
  const plain = id.replace(/[^\w-]/g, "_").slice(0, room);
  return `${plain === "" ? "call" : plain}${MARK}${reference}`;
}

/** Name in the store of the reference that an id carries; null when it carries none. */
export function namedBy(id: string): string | null {
  const reference = REFERENCE.exec(id)?.[1];
  return reference === undefined ? null : nameOfReference(reference);
}

/** Name in the store of a reference. */
export function nameOfReference(reference: string): string {
  return `r.${reference}`;
}

/** Where in which conversation a call stands. */
export interface CallPlace {
  session: string | null;
  /** How many calls of tools there were before it. */
  before: number;
}

/**
 * Name in the store by what is called and where: for clients that cut or rewrite ids. The same call at
 * another place, or in another conversation of the same owner, came of other thoughts.
 */
export function nameOfCall(
  { name, input }: Pick<ToolCallBlock, "name" | "input">,
  { session, before }: CallPlace,
  hmac: Hmac,
): string {
  const told = `call\n${session ?? ""}\n${before}\n${name}\n${canonical(input)}`;
  return `f.${hmac(told).slice(0, REFERENCE_CHARS)}`;
}

/** How many calls of tools a conversation holds. */
export function countCalls({ turns }: NeutralCall): number {
  return turns.reduce(
    (sum, { blocks }) => sum + blocks.filter(({ kind }) => kind === "tool-call").length,
    0,
  );
}

/** Clients parse arguments and write them again: order of fields and blanks say nothing. */
function canonical(input: string): string {
  if (input.trim() === "") return "{}";
  const value = parseJson(input);
  return value === undefined ? input : JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
