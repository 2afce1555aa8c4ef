import type { AnswerBlock, NeutralAnswer } from "../../neutral-answer";
import { type Sealer, sealer } from "./sealer";
import type { SealFacts } from "./thoughts";

/** Seals the signatures of a whole answer, after the client's names of tools were put back. */
export function sealAnswer(answer: NeutralAnswer, facts: SealFacts): NeutralAnswer {
  const by = sealer(facts);
  const blocks = answer.blocks.map((block) => sealBlock(block, by));
  return { ...answer, blocks: blocks.filter((block) => !isEmpty(block)) };
}

function sealBlock(block: AnswerBlock, by: Sealer): AnswerBlock {
  if (block.kind === "redacted-thinking") return by.redacted(block);
  if (block.kind !== "text" && block.kind !== "tool-call" && block.kind !== "thinking")
    return block;
  const { kind, signature } = block;
  if (block.kind === "tool-call" && by.refers) {
    return { ...block, id: by.refer(block, signature), signature: null };
  }
  return { ...block, signature: signature ? by.signature(kind, signature) : by.unsigned(kind) };
}

/** A text that only carried a signature: Claude refuses empty texts when a client sends them back. */
function isEmpty(block: AnswerBlock): boolean {
  return block.kind === "text" && block.text === "" && block.signature === null;
}
