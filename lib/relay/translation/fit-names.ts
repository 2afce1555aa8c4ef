import { fnv1a } from "../../shared/fnv1a";
import type { TranslatedId } from "../model";
import type { NeutralCall, Tool, Turn } from "../neutral";
import type { AnswerBlock, NeutralEvent } from "../neutral-answer";
import type { Block } from "../neutral-blocks";
import type { Machine } from "../stream/machine";

/** What a provider takes as the name of a tool and as the id of a call. */
interface Fit {
  name: RegExp;
  longestName: number;
  id: RegExp;
}

const OPENAI: Fit = { name: /^[a-zA-Z0-9_-]{1,64}$/, longestName: 64, id: /^[\s\S]{1,64}$/ };
/** @see https://ai.google.dev/api/caching#FunctionDeclaration */
const GOOGLE: Fit = { name: /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/, longestName: 64, id: /^[\s\S]*$/ };
const FITS: Readonly<Record<TranslatedId, Fit>> = {
  /** @see https://docs.anthropic.com/en/api/messages#body-tools-name */
  anthropic: { name: /^[a-zA-Z0-9_-]{1,128}$/, longestName: 128, id: /^[a-zA-Z0-9_-]+$/ },
  gemini: GOOGLE,
  "code-assist": GOOGLE,
  /** @see https://platform.openai.com/docs/api-reference/chat/create */
  "openai-chat": OPENAI,
  "openai-responses": OPENAI,
  "openai-completions": OPENAI,
};

/** The name of a tool as its client knows it. */
interface ClientName {
  name: string;
  namespace: string | null;
}

/** A call whose names an upstream takes, and the way back. */
export interface FittedNames {
  call: NeutralCall;
  /** Gives the tools of an answer their client's names back; null when none was changed. */
  restored: (() => Machine<NeutralEvent, NeutralEvent>) | null;
  restoredBlock: (block: AnswerBlock) => AnswerBlock;
}

/**
 * Renames the tools and ids that a protocol does not take (too long, other characters, grouped in a
 * namespace), the same way in every turn: the new name depends on the old one only.
 */
export function fitNames(call: NeutralCall, target: TranslatedId): FittedNames {
  const fit = FITS[target];
  const grouped = target === "openai-responses";
  const known = new Map<string, ClientName>();
  const rename = (name: string, namespace: string | null): string => {
    const flat = namespace === null || grouped ? name : `${namespace}__${name}`;
    const fitting = fit.name.test(flat) ? flat : shortened(flat, fit.longestName);
    if (fitting !== name) known.set(fitting, { name, namespace });
    return fitting;
  };
  const reId = (id: string) => (fit.id.test(id) ? id : shortened(id, OPENAI.longestName));
  const tools = call.tools.map((tool) => renamedTool(tool, rename, grouped));
  const turns = call.turns.map((turn): Turn => {
    if (!turn.blocks.some(({ kind }) => kind === "tool-call" || kind === "tool-result"))
      return turn;
    return {
      ...turn,
      blocks: turn.blocks.map((block) => renamedBlock(block, rename, reId, grouped)),
    };
  });
  const toolChoice = renamedChoice(call, rename, grouped);
  const restoredBlock = (block: AnswerBlock) => restoredCall(block, known);
  return {
    call: { ...call, tools, turns, toolChoice },
    restored: known.size === 0 ? null : () => restoring(known),
    restoredBlock,
  };
}

type Rename = (name: string, namespace: string | null) => string;

function renamedTool(tool: Tool, rename: Rename, grouped: boolean): Tool {
  if (tool.kind === "hosted") return tool;
  if (tool.kind === "custom") return { ...tool, name: rename(tool.name, null) };
  const name = rename(tool.name, tool.namespace);
  return { ...tool, name, namespace: grouped ? tool.namespace : null };
}

function renamedBlock(
  block: Block,
  rename: Rename,
  reId: (id: string) => string,
  grouped: boolean,
): Block {
  if (block.kind === "tool-result") {
    const name = block.name === "" ? "" : rename(block.name, null);
    return { ...block, callId: reId(block.callId), name };
  }
  if (block.kind !== "tool-call") return block;
  const namespace = namespaceOf(block.extra);
  const renamed = { ...block, id: reId(block.id), name: rename(block.name, namespace) };
  if (namespace === null || grouped) return renamed;
  const { extra: _, ...bare } = renamed;
  return bare;
}

function renamedChoice({ toolChoice }: NeutralCall, rename: Rename, grouped: boolean) {
  if (toolChoice?.kind === "tool") {
    const { name, namespace } = toolChoice;
    return { ...toolChoice, name: rename(name, namespace), namespace: grouped ? namespace : null };
  }
  if (toolChoice?.kind !== "allowed") return toolChoice;
  return { ...toolChoice, names: toolChoice.names.map((name) => rename(name, null)) };
}

/** The group of a function that was called, which Responses states beside its name. */
function namespaceOf(extra: Extract<Block, { kind: "tool-call" }>["extra"]): string | null {
  const namespace = extra?.fields.namespace;
  return extra?.protocol === "openai-responses" && typeof namespace === "string" ? namespace : null;
}

/** What is left of a name in allowed characters, and a hash of all of it. */
function shortened(name: string, longest: number): string {
  const hash = `${(fnv1a(name) >>> 0).toString(36)}${(fnv1a(`${name}.`) >>> 0).toString(36)}`;
  const plain = name.replaceAll(/[^a-zA-Z0-9_-]/g, "_").replace(/^[^a-zA-Z_]/, "_");
  return `${plain.slice(0, longest - hash.length - 1)}_${hash}`;
}

function restoring(known: ReadonlyMap<string, ClientName>): Machine<NeutralEvent, NeutralEvent> {
  return {
    push(event) {
      if (event.kind !== "open" || event.block.kind !== "tool-call") return [event];
      const client = known.get(event.block.name);
      return client ? [{ kind: "open", block: withName(event.block, client) }] : [event];
    },
    end: () => [],
  };
}

function restoredCall(block: AnswerBlock, known: ReadonlyMap<string, ClientName>): AnswerBlock {
  if (block.kind !== "tool-call") return block;
  const client = known.get(block.name);
  return client ? withName(block, client) : block;
}

function withName<B extends { name: string }>(block: B, { name, namespace }: ClientName): B {
  if (namespace === null) return { ...block, name };
  return { ...block, name, extra: { protocol: "openai-responses", fields: { namespace } } };
}
