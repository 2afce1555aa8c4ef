import { NO_USAGE, type Usage } from "../../../model";
import type { Json } from "./wire";

/**
 * Usage as Anthropic states it. Clients add its counts up, so that one that the upstream did not state
 * is 0 here.
 * @see https://docs.claude.com/en/api/messages
 */
export function writeUsage(usage: Usage | null): Json {
  const { input, cacheRead, output, reasoning, webSearches, ...writes } = usage ?? NO_USAGE;
  const { cacheWrite5m, cacheWrite1h } = writes;
  return {
    input_tokens: input ?? 0,
    cache_creation_input_tokens: (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0),
    cache_read_input_tokens: cacheRead ?? 0,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWrite5m ?? 0,
      ephemeral_1h_input_tokens: cacheWrite1h ?? 0,
    },
    output_tokens: output ?? 0,
    ...(reasoning === null ? {} : { output_tokens_details: { thinking_tokens: reasoning } }),
    ...(webSearches
      ? { server_tool_use: { web_search_requests: webSearches, web_fetch_requests: 0 } }
      : {}),
  };
}
