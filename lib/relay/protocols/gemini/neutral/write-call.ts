import type { NeutralCall } from "../../../neutral";
import { encode } from "../../../stream/bytes";
import { fields } from "../../json-fields";
import type { CallTarget, Written } from "../../translator";
import { type LossList, lossList } from "./loss-list";
import { modelTraits } from "./model-traits";
import { ownFields } from "./own-extra";
import { type Message, stated } from "./proto-fields";
import { writeConfig } from "./write-config";
import { writeContents } from "./write-contents";
import { writeTools } from "./write-tools";

/** The body of generateContent, or of countTokens with all that the call would send. */
export function writeGeminiCall(call: NeutralCall, target: CallTarget): Written {
  const losses = lossList();
  const request = writeRequest(call, target.model, losses);
  const model = `models/${target.model.replace(/^models\//, "")}`;
  const body =
    target.action === "count" ? { generateContentRequest: { model, ...request } } : request;
  return { body: encode(JSON.stringify(body)), losses: losses.all() };
}

/**
 * A call as a GenerateContentRequest; the model lies outside of it.
 * @see https://ai.google.dev/api/generate-content#request-body
 */
export function writeRequest(call: NeutralCall, model: string, losses: LossList): Message {
  const traits = modelTraits(model);
  const { tools, toolConfig } = writeTools(call, traits, losses);
  const system = call.system.map(({ text }) => ({ text }));
  const request = stated({
    contents: writeContents(call, traits, losses),
    systemInstruction: system.length > 0 ? { parts: system } : null,
    tools,
    toolConfig,
    generationConfig: writeConfig(call, traits, losses),
    serviceTier: serviceTier(call.serviceTier, losses),
  });
  tellUnwritten(call, losses);
  return withExtra(request, ownFields(call.extra));
}

/** Puts back what the reader kept; a name with a dot lies in the message before it. */
function withExtra(request: Message, extra: Message): Message {
  const whole: Record<string, unknown> = { ...request };
  for (const [name, value] of Object.entries(extra)) {
    const [first = "", inner] = name.split(".", 2);
    if (inner === undefined) whole[first] = value;
    else whole[first] = { ...fields(whole[first]), [inner]: value };
  }
  return whole;
}

/** Tiers of other protocols that are Google's too. */
const TIERS: Readonly<Record<string, string | null>> = {
  auto: null,
  default: "standard",
  standard: "standard",
  standard_only: "standard",
  flex: "flex",
  priority: "priority",
};

function serviceTier(tier: string | null, losses: LossList): string | null {
  const known = tier === null ? null : TIERS[tier.toLowerCase()];
  if (known === undefined) losses.add("service-tier", "service_tier");
  return known ?? null;
}

function tellUnwritten(call: NeutralCall, losses: LossList): void {
  const { turns, system, tools } = call;
  if (call.verbosity !== null) losses.add("verbosity", "verbosity");
  if (call.endUser !== null) losses.add("metadata", "user");
  if (call.parallelTools === false) losses.add("parallel-switch", "parallel tool calls");
  const hinted = [...system, ...turns.flatMap(({ blocks }) => blocks), ...tools].some(
    (one) => "cache" in one && one.cache !== null,
  );
  if (hinted) losses.add("cache-hint", "cache_control");
  losses.addForeign(call.extra);
  for (const one of [...system, ...turns, ...tools]) losses.addForeign(one.extra);
}
