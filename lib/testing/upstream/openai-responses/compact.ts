import type { UpstreamCall } from "../call";
import { newUpstreamId } from "../ids";
import { type Json, textOf } from "../json";
import { openaiHeaders } from "../openai/failure";
import { responsesUsage } from "../openai/usage";
import { countSegments } from "../prefix-cache";
import { type Reply, wholeReply } from "../reply";
import { ZERO_USAGE } from "../usage";
import type { UpstreamWorld } from "../world";
import { responsesSegments } from "./conversation";
import { encrypted } from "./response";
import { checkResponsesCall } from "./validate";
import { itemType } from "./validate-items";

const COMPACTION_TOKENS = 60;

/**
 * Replaces a conversation by what the user said and one sealed item.
 * @see https://platform.openai.com/docs/api-reference/responses/compact
 */
export function compact(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { items } = checkResponsesCall(call, world);
  const said = items.filter((item) => itemType(item) === "message" && item.role === "user");
  const input = countSegments(responsesSegments(call.body, items));
  const usage = { ...ZERO_USAGE, input, output: COMPACTION_TOKENS };
  const body = {
    id: newUpstreamId("resp_"),
    object: "response.compaction",
    created_at: Math.floor(Date.now() / 1000),
    output: [
      ...said.map(keptMessage),
      {
        id: newUpstreamId("cmp_"),
        type: "compaction",
        encrypted_content: encrypted(world.signingSecret),
      },
    ],
    usage: responsesUsage(usage),
  };
  return wholeReply(200, openaiHeaders(call.id), JSON.stringify(body), usage);
}

function keptMessage(item: Json): unknown {
  const content =
    typeof item.content === "string" ? [{ type: "input_text", text: item.content }] : item.content;
  const id = textOf(item.id) || newUpstreamId("msg_");
  return { id, type: "message", status: "completed", content, role: "user" };
}
