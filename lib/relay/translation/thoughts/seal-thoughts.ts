import type { NeutralEvent, OpenBlock } from "../../neutral-answer";
import type { Machine } from "../../stream/machine";
import { eventsOfBlock } from "../answers";
import { type Sealer, sealer } from "./sealer";
import type { SealFacts } from "./thoughts";

/** The block that is open. */
interface Open {
  block: OpenBlock;
  /** Its events while the client has been told nothing of it; null once it has. */
  held: NeutralEvent[] | null;
  input: string;
  signature: string | null;
}

/** Events that come only between blocks: a block that is still open has then ended. */
const BETWEEN: ReadonlySet<NeutralEvent["kind"]> = new Set(["open", "whole", "finish"]);

/**
 * Seals the signatures of an answer as it streams, after the client's names of tools were put back.
 * Nothing waits but Gemini's function calls, which arrive whole anyway: the id of a signed one carries a
 * reference, and that it is signed may be stated last.
 */
export function sealThoughts(facts: SealFacts): Machine<NeutralEvent, NeutralEvent> {
  const by = sealer(facts);
  let open: Open | null = null;

  const close = (): NeutralEvent[] => {
    const closed = open;
    open = null;
    return closed ? ending(closed, by) : [];
  };
  const next = (event: NeutralEvent): NeutralEvent[] => {
    if (event.kind === "close") return close();
    if (event.kind === "open") {
      open = opening(event, by);
      return open.held ? [] : [event];
    }
    if (event.kind === "whole" && event.block.kind === "redacted-thinking") {
      return eventsOfBlock(by.redacted(event.block));
    }
    return open ? inside(open, event, by) : [event];
  };

  return {
    push: (event) => [...(BETWEEN.has(event.kind) ? close() : []), ...next(event)],
    end: () => [],
  };
}

function opening(event: NeutralEvent & { kind: "open" }, by: Sealer): Open {
  const { kind } = event.block;
  // A text that only carries a signature would reach the client as an empty block.
  const holds = (kind === "tool-call" && by.refers) || (kind === "text" && !by.carries.text);
  return { block: event.block, held: holds ? [event] : null, input: "", signature: null };
}

function inside(open: Open, event: NeutralEvent, by: Sealer): NeutralEvent[] {
  if (event.kind === "sign") return sign(open, event.signature, by);
  if (!open.held || (event.kind !== "delta" && event.kind !== "cite")) return [event];
  open.held.push(event);
  if (open.block.kind === "tool-call") {
    if (event.kind === "delta") open.input += event.text;
    return [];
  }
  const released = open.held;
  open.held = null;
  return released;
}

function sign(open: Open, raw: string, by: Sealer): NeutralEvent[] {
  open.signature = raw;
  if (open.held) return [];
  const signature = by.signature(open.block.kind, raw);
  return signature === null ? [] : [{ kind: "sign", signature }];
}

function ending({ block, held, input, signature }: Open, by: Sealer): NeutralEvent[] {
  if (!held) {
    const missing = signature === null ? by.unsigned(block.kind) : null;
    const last: NeutralEvent[] = missing === null ? [] : [{ kind: "sign", signature: missing }];
    return [...last, { kind: "close" }];
  }
  if (block.kind !== "tool-call") return [];
  const referred = { ...block, id: by.refer({ ...block, input }, signature) };
  return [{ kind: "open", block: referred }, ...held.slice(1), { kind: "close" }];
}
