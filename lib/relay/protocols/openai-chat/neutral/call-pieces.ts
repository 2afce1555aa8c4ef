import type { OpenBlock } from "../../../neutral-answer";
import { tokenCount } from "../../json-fields";
import type { Fields } from "../../own-extra";
import { kept } from "./own-extra";
import { callStem } from "./read-answer";
import { toldCall } from "./read-calls";

/** A call of which the first pieces came. */
interface KnownCall {
  key: string;
  /** The upstream's own; "" until it states one. */
  id: string;
  name: string;
  /** Arguments that came before the name. */
  early: string;
}

/** A piece of a call: which, how it opens, and what of its input is new. */
export interface CallPiece {
  key: string;
  block: OpenBlock;
  input: string;
}

/** Tells the calls of a streamed answer apart. */
export function callPieces() {
  const byIndex = new Map<number, KnownCall>();
  let count = 0;

  const callOf = (index: number, id: string): KnownCall => {
    const known = byIndex.get(index);
    // Some servers state the same index for each call, and each whole.
    const isOther = known && id !== "" && known.id !== "" && known.id !== id;
    if (known && !isOther) return known;
    const call = { key: `call ${count++}`, id, name: "", early: "" };
    byIndex.set(index, call);
    return call;
  };
  return {
    /** null while the call has no name. */
    read(piece: Fields, place: number, answerId: string): CallPiece | null {
      const { id, name, input, rest } = toldCall(piece);
      const call = callOf(tokenCount(piece.index) ?? place, id);
      const isFirst = call.name === "";
      call.id ||= id;
      call.name ||= name;
      if (call.name === "") {
        call.early += input;
        return null;
      }
      const known = call.id || `${callStem(answerId)}_${call.key.slice(5)}`;
      const block = { kind: "tool-call", id: known, name: call.name, ...kept(rest) } as const;
      return { key: call.key, block, input: isFirst ? call.early + input : input };
    },
    any: () => count > 0,
  };
}
