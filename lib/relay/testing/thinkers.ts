import { createHmac } from "node:crypto";
import { type NeutralCall, NO_SAMPLING, type Reasoning, type Turn } from "../neutral";
import type { Block, ToolCallBlock } from "../neutral-blocks";
import { seal } from "../translation/thoughts/envelope";
import { openThoughts } from "../translation/thoughts/open-thoughts";
import { provenanceOf } from "../translation/thoughts/provenance";
import type { SignedKind } from "../translation/thoughts/table";
import type { OpenFacts, Thinker } from "../translation/thoughts/thoughts";

/** A portal's keyed hash; each secret is another portal. */
export const hmacOf = (secret: string) => (text: string) =>
  createHmac("sha256", secret).update(text).digest("base64url");
export const hmac = hmacOf("secret");

/** A signature as a provider makes it. */
export const RAW = "c2lnbmF0dXJl";

/** One thinker of each kind of signatures. */
export const THINKERS = {
  gemini: { protocol: "gemini", model: "gemini-3.8-pro", accountId: "acc_g" },
  anthropic: { protocol: "anthropic", model: "claude-opus-5-5", accountId: "acc_a" },
  "openai-responses": { protocol: "openai-responses", model: "gpt-6", accountId: "acc_o" },
  "openai-chat": { protocol: "openai-chat", model: "llama", accountId: "acc_c" },
} as const satisfies Record<string, Thinker>;
export type Group = keyof typeof THINKERS;
export const GROUPS = Object.keys(THINKERS) as Group[];

/** A group whose signatures this one cannot read. */
export const elsewhere = (group: Group): Group => (group === "gemini" ? "anthropic" : "gemini");

/** The envelope of a signature that `maker` made. */
export const sealedBy = (
  maker: Thinker,
  kind: "t" | "r" | "c" | "x" = "t",
  by: OpenFacts["hmac"] = hmac,
) => seal({ kind, maker: provenanceOf(maker, by), raw: RAW }, by);

/** A block with that signature. */
export function signedBlock(kind: SignedKind, signature: string | null): Block {
  if (kind === "thinking") return { kind, text: "hm", signature };
  if (kind === "redacted-thinking") return { kind, data: signature ?? "" };
  if (kind === "text") return { kind, text: "so", citations: [], cache: null, signature };
  return toolCall("one", signature);
}

export function toolCall(id: string, signature: string | null = null): ToolCallBlock {
  const input = '{"command":"ls"}';
  return { kind: "tool-call", id, name: "Bash", input, signature, cache: null };
}

export function says(text: string): Turn {
  const block = { kind: "text", text, citations: [], cache: null, signature: null } as const;
  return { role: "user", blocks: [block] };
}

export function results(...ids: string[]): Turn {
  return {
    role: "user",
    blocks: ids.map((callId) => ({
      kind: "tool-result",
      callId,
      name: "Bash",
      isError: false,
      content: [],
      cache: null,
    })),
  };
}

export const answers = (...blocks: Block[]): Turn => ({ role: "assistant", blocks });

export function callOf(turns: readonly Turn[], reasoning: Reasoning | null = null): NeutralCall {
  return {
    model: "m",
    stream: true,
    system: [],
    turns,
    tools: [],
    toolChoice: null,
    parallelTools: null,
    maxOutputTokens: null,
    sampling: NO_SAMPLING,
    stop: [],
    output: null,
    reasoning,
    verbosity: null,
    candidates: null,
    logprobs: null,
    endUser: null,
    serviceTier: null,
    includeUsage: null,
  };
}

/** These turns as `target` would be sent them. */
export function openFor(target: Thinker, turns: readonly Turn[], extra: Partial<OpenFacts> = {}) {
  const facts: OpenFacts = {
    face: "anthropic",
    target,
    session: null,
    hmac,
    recalled: new Map(),
    ...extra,
  };
  const { call, losses } = openThoughts(callOf(turns), facts);
  return { turns: call.turns, losses, blocks: call.turns.flatMap(({ blocks }) => blocks) };
}
