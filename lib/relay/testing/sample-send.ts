import type { SendFacts } from "../providers/provider";

/** What a provider is asked when a plain call is sent. */
export function sampleSend(changes: Partial<SendFacts> = {}): SendFacts {
  const protocol = changes.protocol ?? "anthropic";
  return {
    action: "generate",
    model: "m-1",
    protocol,
    method: "",
    facts: {
      face: "anthropic",
      protocol,
      action: "generate",
      model: "asked",
      stream: null,
      session: null,
      maxOutputTokens: null,
      bodyBytes: 0,
      modelSpan: null,
    },
    forwarded: {},
    query: new URLSearchParams(),
    ...changes,
  };
}
