import type { AnswerFacts } from "../../translator";
import type { Json } from "./wire";

/** What every answer states about itself, whole or as it opens in a stream. */
export function messageHead(id: string | null, { model, requestId }: AnswerFacts): Json {
  return { id: messageId(id ?? requestId), type: "message", role: "assistant", model };
}

function messageId(id: string): string {
  return id.startsWith("msg_") ? id : `msg_${id}`;
}
