import type { NeutralCall } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import { encode } from "../../../stream/bytes";
import { type Lose, lossList } from "../../loss-list";
import { stated } from "../../own-extra";
import type { CallTarget, Written } from "../../translator";
import { foreignNames, ownFields } from "./own-extra";

/** A call of a server that only completes a text: all that was said, and nothing else. */
export function writePrompt(call: NeutralCall, { model }: CallTarget): Written {
  const { lose, list } = lossList();
  const foreign = foreignNames(call.extra);
  if (foreign !== null) lose("other-fields", foreign);
  if (call.tools.length > 0) lose("other-fields", "tools");
  const { sampling, maxOutputTokens, stop, candidates, endUser } = call;
  const settings = stated({
    max_tokens: maxOutputTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    seed: sampling.seed,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    stop: stop.length > 0 ? stop : null,
    n: candidates,
    user: endUser,
  });
  const streaming = call.stream ? { stream: true, stream_options: { include_usage: true } } : {};
  const prompt = promptOf(call, lose);
  const body = { model, ...ownFields(call.extra), prompt, ...settings, ...streaming };
  return { body: encode(JSON.stringify(body)), losses: list() };
}

function promptOf({ system, turns }: NeutralCall, lose: Lose): string {
  const blocks = [...system, ...turns.flatMap((turn) => turn.blocks)];
  return blocks.flatMap((block) => textsOf(block, lose)).join("\n\n");
}

function textsOf(block: Block, lose: Lose): string[] {
  if (block.kind === "text") return [block.text];
  if (block.kind === "tool-result") {
    return block.content.flatMap((one) => (one.kind === "text" ? [one.text] : []));
  }
  lose("other-fields", block.kind);
  return [];
}
