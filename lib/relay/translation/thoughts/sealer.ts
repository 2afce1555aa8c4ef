import type { WholeBlock } from "../../neutral-answer";
import type {
  RedactedThinkingBlock,
  TextBlock,
  ThinkingBlock,
  ToolCallBlock,
} from "../../neutral-blocks";
import { CARRIES } from "./carries";
import { type SealedKind, seal } from "./envelope";
import { groupOf, provenanceOf, type SignerGroup } from "./provenance";
import { countCalls, nameOfCall, nameOfReference, referenceOf, withReference } from "./references";
import type { SealFacts } from "./thoughts";

type SignedBlock = TextBlock | ThinkingBlock | ToolCallBlock;

const KINDS: Readonly<Record<SignedBlock["kind"], SealedKind>> = {
  thinking: "t",
  text: "x",
  "tool-call": "c",
};

/** What the upstreams of a face refuse when it is not signed, and its clients can carry. */
const NEEDED: Readonly<Record<SignerGroup, SignedBlock["kind"] | null>> = {
  anthropic: "thinking",
  gemini: "tool-call",
  "openai-responses": "thinking",
  "openai-chat": null,
};

export type Sealer = ReturnType<typeof sealer>;

/** What becomes of one answer's signatures on its way to its client: of streams and whole answers alike. */
export function sealer({ maker, face, requestId, asked, session, hmac, keep }: SealFacts) {
  const carries = CARRIES[face];
  const has = { thinking: carries.thinking, text: carries.text, "tool-call": carries.call };
  const provenance = provenanceOf(maker, hmac);
  let references = 0;
  /** Counted when the first call comes. */
  let before: number | null = null;

  const sealed = (kind: SealedKind, raw: string) => seal({ kind, maker: provenance, raw }, hmac);

  return {
    carries,
    /**
     * The signature as the client is handed it; null where its protocol has no field. A text's is then
     * lost: no upstream demands it back, and it would cost the store more than all the others.
     */
    signature(kind: SignedBlock["kind"], raw: string): string | null {
      return has[kind] ? sealed(KINDS[kind], raw) : null;
    },
    /**
     * A signature for what came without. A client sends such thoughts to Claude or OpenAI one day, and such
     * calls to Gemini, which refuse what they have not signed; the envelope tells them apart then.
     */
    unsigned(kind: SignedBlock["kind"]): string | null {
      return NEEDED[groupOf(face)] === kind ? sealed(KINDS[kind], "") : null;
    },
    /** Redacted thoughts become thoughts without text where only those can be carried. */
    redacted(block: RedactedThinkingBlock): WholeBlock | ThinkingBlock {
      const data = sealed("r", block.data);
      if (carries.redacted) return { ...block, data };
      return carries.thinking ? { kind: "thinking", text: "", signature: data } : block;
    },
    /** Do calls get ids of the portal's? Only Gemini signs calls, and leaves their ids out. */
    refers: !carries.call && groupOf(maker.protocol) === "gemini",
    /**
     * The id under which the client knows the call: Gemini need not state one. The id of a signed call
     * leads to its signature in the store.
     */
    refer(call: Pick<ToolCallBlock, "id" | "name" | "input">, raw: string | null): string {
      const place = { session, before: before ?? countCalls(asked) };
      before = place.before + 1;
      if (raw === null) return call.id || `call_${referenceOf(requestId, references++, hmac)}`;
      const reference = referenceOf(requestId, references++, hmac);
      const envelope = sealed("c", raw);
      keep([
        { name: nameOfReference(reference), sealed: envelope },
        { name: nameOfCall(call, place, hmac), sealed: envelope },
      ]);
      return withReference(call.id, reference);
    },
  };
}
