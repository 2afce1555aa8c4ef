import type { NeutralEvent, OpenBlock } from "../../../neutral-answer";
import { encode } from "../../../stream/bytes";
import { citationsOf, type Support } from "./grounding";

/** The one block of an answer that is open. */
export interface OpenBlockState {
  /** A piece of text or thoughts, which opens a block of its own unless one of its kind goes on. */
  grow(kind: "text" | "thinking", text: string, signature: string | null): NeutralEvent[];
  /** A block that is told at once, after the open one was closed. */
  whole(block: OpenBlock, text: string, signature: string | null): NeutralEvent[];
  /** Closes the open block with the citations that are known for it. */
  close(): NeutralEvent[];
  /** Where passages of the answer's text come from; the newest statement holds. */
  supported(supports: readonly Support[]): void;
}

/** No block is open yet. */
export function openBlockState(): OpenBlockState {
  let kind: "text" | "thinking" | null = null;
  let text = "";
  let isSigned = false;
  /** Bytes of text before the open block: offsets of sources count through all of it. */
  let bytesBefore = 0;
  let supports: readonly Support[] = [];

  const close = (): NeutralEvent[] => {
    if (kind === null) return [];
    const citations = kind === "text" ? citationsOf(supports, text, bytesBefore) : [];
    if (kind === "text") bytesBefore += encode(text).length;
    kind = null;
    return [
      ...citations.map((citation): NeutralEvent => ({ kind: "cite", citation })),
      { kind: "close" },
    ];
  };
  const open = (block: OpenBlock & { kind: "text" | "thinking" }): NeutralEvent[] => {
    const before = close();
    kind = block.kind;
    text = "";
    isSigned = false;
    return [...before, { kind: "open", block }];
  };
  const sign = (signature: string | null): NeutralEvent[] => {
    if (signature === null) return [];
    isSigned = true;
    return [{ kind: "sign", signature }];
  };

  return {
    grow(wanted, piece, signature) {
      if (piece === "") {
        if (signature === null) return [];
        // An empty piece only carries the signature of what came before it.
        const before = kind === null || isSigned ? open({ kind: wanted }) : [];
        return [...before, ...sign(signature)];
      }
      const before = kind !== wanted || isSigned ? open({ kind: wanted }) : [];
      text += piece;
      return [...before, { kind: "delta", text: piece }, ...sign(signature)];
    },
    whole: (block, input, signature) => [
      ...close(),
      { kind: "open", block },
      ...(input === "" ? [] : [{ kind: "delta" as const, text: input }]),
      ...(signature === null ? [] : [{ kind: "sign" as const, signature }]),
      { kind: "close" },
    ],
    close,
    supported(newest) {
      supports = newest;
    },
  };
}
