import { BETA_HEADER } from "../../capabilities/betas";
import { withBodyFields } from "../body-fields";
import type { Wire } from "../provider";
import { eventStreamUnwrapper } from "./event-stream";

/** The only version that there is. */
const VERSION = "bedrock-2023-05-31";

/**
 * Flags that Bedrock knows, without their dates; it refuses a whole call for one that it does not.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 */
const KNOWN_BETAS = [
  "compact",
  "computer-use",
  "context-1m",
  "context-management",
  "dev-full-thinking",
  "effort",
  "fine-grained-tool-streaming",
  "interleaved-thinking",
  "output-128k",
  "token-efficient-tools",
  "tool-examples",
  "tool-search-tool",
];

/** The Messages API's body without what the path says, and its stream in AWS' framing. */
export const bedrockWire: Wire = {
  body(body, { forwarded }) {
    const added = { anthropic_version: VERSION, ...betasOf(forwarded[BETA_HEADER]) };
    return withBodyFields(body, added, ["model", "stream"]);
  },
  stream: eventStreamUnwrapper,
  streamType: "vnd.amazon.eventstream",
};

/** What a client asks for in a header stands in the body here. */
function betasOf(header: string | undefined): { anthropic_beta?: string[] } {
  const asked = (header ?? "").split(",").map((flag) => flag.trim());
  const known = asked.filter((flag) =>
    KNOWN_BETAS.includes(flag.replace(/-\d{4}-\d{2}-\d{2}$/, "")),
  );
  return known.length > 0 ? { anthropic_beta: known } : {};
}
