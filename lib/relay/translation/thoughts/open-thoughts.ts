import type { NeutralCall, Turn } from "../../neutral";
import type { Block } from "../../neutral-blocks";
import type { Loss } from "../../neutral-loss";
import { type Sealed, unseal } from "./envelope";
import { groupOf, insistsOnSignatures, provenanceOf } from "./provenance";
import { storedNames } from "./recall";
import { FATES, type Fate, type SignedKind, type Standing } from "./table";
import type { OpenFacts } from "./thoughts";

/**
 * What Google documents for function calls that its model has not made.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const UNMADE_SIGNATURE = "skip_thought_signature_validator";

export interface Opened {
  call: NeutralCall;
  losses: readonly Loss[];
}

type SignedBlock = Extract<Block, { kind: SignedKind }>;

/**
 * The call as this upstream can take it: every signature of its history is the maker's own, or none.
 * Names of tools are still the client's. Throws AppError("invalid_request") for a forged envelope.
 */
export function openThoughts(call: NeutralCall, facts: OpenFacts): Opened {
  const lost = new Set<string>();
  const open = opener(facts, signaturesOf(call, facts), lost);
  const turns = call.turns.flatMap((turn): Turn[] => {
    if (turn.role !== "assistant") return [turn];
    const blocks = turn.blocks.flatMap(open);
    // A turn of nothing is refused by every upstream.
    return blocks.length === 0 && turn.blocks.length > 0 ? [] : [{ ...turn, blocks }];
  });
  const losses = [...lost].map((detail): Loss => ({ kind: "thought", detail }));
  const opened = { ...call, turns };
  if (insistsOnSignatures(facts.target)) return withUnmadeSignatures(opened, losses);
  return { call: opened, losses };
}

type SignatureOf = (block: SignedBlock) => string;

function opener(
  facts: OpenFacts,
  signatureOf: SignatureOf,
  lost: Set<string>,
): (block: Block) => Block[] {
  const group = groupOf(facts.target.protocol);
  const own = provenanceOf(facts.target, facts.hmac);
  const isOwnForm = groupOf(facts.face) === group && facts.distrusts !== true;
  const whole: Standing = isOwnForm ? "raw" : "foreign";

  return (block) => {
    if (!isSigned(block)) return [block];
    const text = signatureOf(block);
    const sealed = text === "" ? null : unseal(text, facts.hmac);
    const kind = isSealedRedacted(sealed) ? "redacted-thinking" : block.kind;
    const fate = FATES[group][kind][standingOf(text, sealed, own, whole)];
    if (fate === "drop") lost.add(kind);
    return inFate(block, fate, sealed);
  };
}

function standingOf(
  text: string,
  sealed: Sealed | "unknown" | null,
  own: string,
  whole: Standing,
): Standing {
  if (sealed === "unknown") return "unknown";
  if (sealed === null) return text === "" ? "unsigned" : whole;
  // Thoughts that nobody signed travel in an envelope too.
  if (sealed.raw === "") return sealed.maker === own ? "unsigned" : "other";
  return sealed.maker === own ? "own" : "other";
}

function inFate(block: SignedBlock, fate: Fate, sealed: Sealed | "unknown" | null): Block[] {
  if (fate === "drop") return [];
  if (fate === "keep" && sealed === null) return [block];
  const raw = fate === "restore" && sealed !== null && sealed !== "unknown" ? sealed.raw : null;
  if (raw !== null && isSealedRedacted(sealed)) return [{ kind: "redacted-thinking", data: raw }];
  if (block.kind === "redacted-thinking") return raw === null ? [] : [{ ...block, data: raw }];
  return [{ ...block, signature: raw }];
}

/** The signature that a block came with, or that the store has for it; "" for none. */
function signaturesOf(call: NeutralCall, facts: OpenFacts): SignatureOf {
  const { recalled } = facts;
  const names = recalled.size === 0 ? null : storedNames(call, facts);
  return (block) => {
    if (block.kind === "redacted-thinking") return block.data;
    if (block.signature || block.kind !== "tool-call") return block.signature ?? "";
    return recalled.get(names?.get(block) ?? "") ?? "";
  };
}

function isSigned(block: Block): block is SignedBlock {
  return block.kind in FATES.gemini;
}

function isSealedRedacted(sealed: Sealed | "unknown" | null): boolean {
  return sealed !== null && sealed !== "unknown" && sealed.kind === "r";
}

/**
 * Where the user last said something. What follows the results of tools in the same breath, such as the
 * pictures that they made, becomes one turn with them and begins none.
 */
function lastSaid(turns: readonly Turn[]): number {
  let said = -1;
  let answersTools = false;
  for (const [index, { role, blocks }] of turns.entries()) {
    if (role === "assistant") answersTools = false;
    if (role !== "user") continue;
    answersTools ||= blocks.some(({ kind }) => kind === "tool-result");
    if (!answersTools) said = index;
  }
  return said;
}

/**
 * Gemini wants the first call of every step signed, since the user last said something. What its model
 * has not made, or nobody knows any more, is given the value that says so.
 */
function withUnmadeSignatures(call: NeutralCall, losses: readonly Loss[]): Opened {
  const said = lastSaid(call.turns);
  let unmade = false;
  const turns = call.turns.map((turn, index) => {
    if (index < said || turn.role !== "assistant") return turn;
    const first = turn.blocks.findIndex(({ kind }) => kind === "tool-call");
    const block = turn.blocks[first];
    if (block?.kind !== "tool-call" || block.signature) return turn;
    unmade = true;
    return { ...turn, blocks: turn.blocks.with(first, { ...block, signature: UNMADE_SIGNATURE }) };
  });
  if (!unmade) return { call, losses };
  return {
    call: { ...call, turns },
    losses: [...losses, { kind: "thought", detail: "tool-call" }],
  };
}
