import type { NeutralEvent } from "../../../neutral-answer";
import { fields, textOrNull } from "../../json-fields";
import type { Fields } from "../../own-extra";
import { readAnnotations } from "./annotations";
import { callPieces } from "./call-pieces";
import { blockLanes } from "./lanes";
import { readImages } from "./read-answer";
import { thoughtOf } from "./read-messages";

/** Reads the deltas of one answer, and remembers what they held. */
export function deltaReader() {
  const lanes = blockLanes();
  const calls = callPieces();
  let refused = false;

  const text = (said: unknown): NeutralEvent[] => {
    const told = textOrNull(said) ?? "";
    return told === ""
      ? []
      : lanes.piece("text", { kind: "text" }, [{ kind: "delta", text: told }]);
  };
  const thinking = (delta: Fields): NeutralEvent[] => {
    const thought = thoughtOf(delta);
    if (!thought) return [];
    return lanes.piece("thinking", { kind: "thinking" }, [{ kind: "delta", text: thought.text }]);
  };
  const cited = ({ annotations }: Fields): NeutralEvent[] => {
    const citations = readAnnotations(annotations);
    if (citations.length === 0) return [];
    const events = citations.map((citation): NeutralEvent => ({ kind: "cite", citation }));
    return lanes.piece("text", { kind: "text" }, events);
  };
  const drawn = ({ images }: Fields): NeutralEvent[] => {
    const found = readImages(images);
    if (found.length === 0) return [];
    return [...lanes.flush(), ...found.map((block): NeutralEvent => ({ kind: "whole", block }))];
  };
  const called = ({ tool_calls, function_call }: Fields, answerId: string): NeutralEvent[] => {
    const older = fields(function_call);
    const pieces = Array.isArray(tool_calls) ? tool_calls.map(fields) : [];
    if (Object.keys(older).length > 0) pieces.push({ index: 0, function: older });
    return pieces.flatMap((piece, place) => {
      const call = calls.read(piece, place, answerId);
      if (!call) return [];
      const { key, block, input } = call;
      return lanes.piece(key, block, input === "" ? [] : [{ kind: "delta", text: input }]);
    });
  };
  return {
    read(delta: Fields, answerId: string): NeutralEvent[] {
      const refusal = textOrNull(delta.refusal) ?? "";
      if (refusal !== "") refused = true;
      return [
        ...thinking(delta),
        ...textsOf(delta.content).flatMap(text),
        ...text(refusal),
        ...cited(delta),
        ...drawn(delta),
        ...called(delta, answerId),
      ];
    },
    get called() {
      return calls.any();
    },
    get refused() {
      return refused;
    },
    flush: lanes.flush,
  };
}

/** Mistral's content may be a list of parts. */
function textsOf(content: unknown): unknown[] {
  return Array.isArray(content) ? content.map((part) => fields(part).text) : [content];
}
