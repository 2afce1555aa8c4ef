import type { AnswerBlock, WholeBlock } from "../../../neutral-answer";
import type { HostedCallBlock, HostedResultBlock } from "../../../neutral-blocks";
import { fields, parseJson, textOrNull } from "../../json-fields";
import type { LossList } from "./loss-list";
import { writeMedia } from "./media";
import { ownFields } from "./own-extra";
import type { Message } from "./proto-fields";
import { argsOf } from "./tool-args";
import type { GroundingWriter } from "./write-grounding";

/** A block of a whole answer as its parts. */
export function partsOf(
  block: AnswerBlock,
  grounding: GroundingWriter,
  losses: LossList,
): Message[] {
  switch (block.kind) {
    case "text":
      grounding.text(block.text, block.citations);
      return [{ text: block.text, ...signed(block.signature) }];
    case "thinking":
      return [thoughtPart(block.text, block.signature)];
    case "tool-call":
      return [callPart(block)];
    default:
      return wholeParts(block, grounding, losses);
  }
}

/** A block that arrives whole: parts, or something that is said of the answer's sources. */
export function wholeParts(
  block: WholeBlock,
  grounding: GroundingWriter,
  losses: LossList,
): Message[] {
  const own = "extra" in block ? ownFields(block.extra) : {};
  if (block.kind === "image") {
    const data = writeMedia(block.source);
    if (data) return [{ ...data, ...own }];
    losses.add("file-reference", "image");
    return [];
  }
  if (block.kind === "redacted-thinking") {
    losses.add("thought", "redacted_thinking");
    return [];
  }
  if (Object.keys(own).length > 0) return [own];
  if (block.kind === "other") {
    losses.add("other-fields", block.name);
    return [];
  }
  if (grounding.hosted(block)) return [];
  if (block.tool === "code-execution") return [codePart(block)];
  losses.add("hosted-tool", block.tool);
  return [];
}

/** Thoughts, or the signature that ends them. */
export function thoughtPart(text: string, signature: string | null): Message {
  return { text, thought: true, ...signed(signature) };
}

/** A function call with all of its arguments: Google streams none of them in pieces. */
export function callPart(call: {
  id: string;
  name: string;
  input: string;
  signature: string | null;
}): Message {
  const { id, name, input, signature } = call;
  const functionCall = { ...(id === "" ? {} : { id }), name, args: argsOf(input) };
  return { functionCall, ...signed(signature) };
}

/** @see https://ai.google.dev/api/caching#ExecutableCode */
function codePart(block: HostedCallBlock | HostedResultBlock): Message {
  if (block.kind === "hosted-result") {
    const outcome = block.error === null ? "OUTCOME_OK" : "OUTCOME_FAILED";
    return { codeExecutionResult: { outcome } };
  }
  const code = textOrNull(fields(parseJson(block.input)).code) ?? block.input;
  return { executableCode: { language: "PYTHON", code } };
}

/** The signature as the field of a part. */
export function signed(signature: string | null): Message {
  return signature === null ? {} : { thoughtSignature: signature };
}
