import type { Turn } from "../../../neutral";
import type {
  Block,
  HostedCallBlock,
  HostedResultBlock,
  OtherBlock,
  TextBlock,
  ThinkingBlock,
} from "../../../neutral-blocks";
import { textOrNull } from "../../json-fields";
import { type CallLedger, callLedger } from "./call-ledger";
import { readMedia } from "./media";
import { kept } from "./own-extra";
import { list, type Message, message, without } from "./proto-fields";
import { readResponse } from "./tool-response";

/**
 * The conversation. Adjacent contents of the model are one turn: Google's own SDK keeps the pieces of a
 * streamed answer as several, and a signature stands for all of them.
 * @see https://ai.google.dev/api/caching#Content
 */
export function readTurns(contents: unknown): Turn[] {
  const ledger = callLedger();
  const turns: { role: Turn["role"]; blocks: Block[] }[] = [];
  for (const content of list(contents).map(message)) {
    const role = roleOf(content.role);
    const last = turns.at(-1);
    const joins = role === "assistant" && last?.role === role;
    const turn = joins ? last : { role, blocks: [] };
    if (!joins) turns.push(turn);
    for (const part of list(content.parts).map(message)) {
      addBlock(turn.blocks, readPart(part, turns.length, ledger), role);
    }
  }
  return turns;
}

/** Instructions, whose parts are texts. */
export function readSystem(content: unknown): TextBlock[] {
  // An SDK may give the text itself, which the API takes for the one part.
  if (typeof content === "string") return [textBlock({ text: content })];
  return list(message(content).parts)
    .map(message)
    .filter(({ text }) => typeof text === "string")
    .map(textBlock);
}

function roleOf(role: unknown): Turn["role"] {
  if (role === "model") return "assistant";
  return role === "system" ? "system" : "user";
}

function readPart(part: Message, turn: number, ledger: CallLedger): Block {
  if (part.functionCall) return readCall(part, turn, ledger);
  if (part.functionResponse) {
    const response = message(part.functionResponse);
    return readResponse(part, response, ledger.answered(response, turn));
  }
  if (part.inlineData || part.fileData) return readMedia(part);
  if (part.executableCode || part.codeExecutionResult) {
    return readCodeRun(part, part.executableCode ? ledger.hosted(turn) : ledger.lastHosted());
  }
  if (typeof part.text !== "string") return otherPart(part);
  return part.thought === true ? thinkingBlock(part) : textBlock(part);
}

const CALL_FIELDS = new Set(["functionCall", "thoughtSignature", "thought"]);

function readCall(part: Message, turn: number, ledger: CallLedger): Block {
  const call = message(part.functionCall);
  const name = textOrNull(call.name) ?? "";
  return {
    kind: "tool-call",
    id: ledger.called(textOrNull(call.id), name, turn),
    name,
    input: JSON.stringify(call.args ?? {}),
    signature: textOrNull(part.thoughtSignature),
    cache: null,
    ...kept(without(part, CALL_FIELDS)),
  };
}

const TEXT_FIELDS = new Set(["text", "thought", "thoughtSignature"]);

function textBlock(part: Message): TextBlock {
  const text = textOrNull(part.text) ?? "";
  const signature = textOrNull(part.thoughtSignature);
  const extra = kept(without(part, TEXT_FIELDS));
  return { kind: "text", text, citations: [], cache: null, signature, ...extra };
}

function thinkingBlock(part: Message): ThinkingBlock {
  const text = textOrNull(part.text) ?? "";
  const signature = textOrNull(part.thoughtSignature);
  return { kind: "thinking", text, signature, ...kept(without(part, TEXT_FIELDS)) };
}

/** Code that Google ran itself, or what came of it; `id` is the call's. */
export function readCodeRun(part: Message, id: string): HostedCallBlock | HostedResultBlock {
  const tool = "code-execution";
  const extra = kept(without(part, NOTHING));
  if (part.executableCode) {
    const { code } = message(part.executableCode);
    const input = JSON.stringify({ code: textOrNull(code) ?? "" });
    return { kind: "hosted-call", tool, id, name: "code_execution", input, ...extra };
  }
  const { outcome } = message(part.codeExecutionResult);
  const error = outcome === "OUTCOME_OK" ? null : textOrNull(outcome);
  return { kind: "hosted-result", tool, callId: id, hits: [], error, ...extra };
}

const NOTHING: ReadonlySet<string> = new Set();

/** A part that only Google's protocols can carry; "part" when it says nothing at all. */
export function otherPart(part: Message): OtherBlock {
  const fields = without(part, TEXT_FIELDS);
  const name = Object.keys(fields)[0] ?? "part";
  return { kind: "other", name, extra: { protocol: "gemini", fields: without(part, NOTHING) } };
}

/**
 * Pieces of what the model said become one block again, up to the signature that stands for it; an empty
 * signed piece only signs what came before it.
 */
function addBlock(blocks: Block[], block: Block, role: Turn["role"]): void {
  const last = blocks.at(-1);
  const grows =
    role === "assistant" &&
    (block.kind === "text" || block.kind === "thinking") &&
    (last?.kind === "text" || last?.kind === "thinking") &&
    last.signature === null &&
    !last.extra &&
    !block.extra;
  if (!grows || (last.kind !== block.kind && !(block.text === "" && block.signature))) {
    blocks.push(block);
    return;
  }
  blocks[blocks.length - 1] = {
    ...last,
    text: last.text + block.text,
    signature: block.signature,
  };
}
