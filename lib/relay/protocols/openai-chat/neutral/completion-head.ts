import type { Fields } from "../../own-extra";
import type { AnswerFacts } from "../../translator";

/** What each chunk and each whole answer begins with. */
export function completionHead(id: string | null, object: string, facts: AnswerFacts): Fields {
  return {
    id: id?.startsWith("chatcmpl-") ? id : `chatcmpl-${stem(facts)}`,
    object,
    created: Math.floor(facts.nowMs / 1000),
    model: facts.model,
  };
}

/** Of ids made here: the request's own. */
export function stem({ requestId }: Pick<AnswerFacts, "requestId">): string {
  return requestId.replace(/^req_/, "");
}
