import type { SendFacts } from "./provider";
import { sharedUrl } from "./shared-url";

/** Addresses of the Messages API and its counter behind a base address. */
export function anthropicAddress(base: string): (send: SendFacts) => URL {
  const messages = inBothForms(messagesUrl(base));
  const count = inBothForms(`${messagesUrl(base)}/count_tokens`);
  return ({ action, query }) => {
    const { plain, beta } = action === "count" ? count : messages;
    return query.get("beta") === "true" ? beta : plain;
  };
}

/** Claude Code asks for the beta form of the API by this query; nothing else of one travels. */
function inBothForms(url: string) {
  return { plain: sharedUrl(url), beta: sharedUrl(`${url}?beta=true`) };
}

function messagesUrl(base: string): string {
  const trimmed = base.replace(/\/+$/, "");
  if (trimmed.endsWith("/v1/messages")) return trimmed;
  return trimmed.endsWith("/v1") ? `${trimmed}/messages` : `${trimmed}/v1/messages`;
}
