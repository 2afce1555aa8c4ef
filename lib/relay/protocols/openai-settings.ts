import type { NeutralCall, OutputForm } from "../neutral";
import type { Block } from "../neutral-blocks";
import type { Lose } from "./loss-list";
import { isStrictSchema } from "./openai-strict-schema";
import { type Fields, stated } from "./own-extra";

const UNNAMED = "answer";

/** OpenAI refuses JSON mode where no text speaks of JSON; a schema that takes any object it does not. */
export const ANY_OBJECT: Fields = { name: UNNAMED, schema: { type: "object" }, strict: false };

/** Does any of these texts speak of JSON? */
export function saysJson(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.kind === "text" && /json/i.test(block.text));
}

/**
 * A schema under a name that OpenAI takes, strict where nothing speaks against it.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function namedSchema(
  { name, description, schema, strict }: Extract<OutputForm, { kind: "schema" }>,
  lose: Lose,
): Fields {
  const fits = strict !== false && isStrictSchema(schema);
  if (strict === true && !fits) lose("schema-constraints", "strict");
  const known = (name ?? "").replaceAll(/[^a-zA-Z0-9_-]/g, "_").slice(0, 64) || UNNAMED;
  return { name: known, ...stated({ description }), schema, strict: fits };
}

const LONGEST_USER = 64;

/** The client's name for its end user; null where it is longer than OpenAI takes. */
export function endUserOf({ endUser }: NeutralCall, lose: Lose): string | null {
  if (endUser === null || endUser.length <= LONGEST_USER) return endUser;
  lose("metadata", "name of the end user");
  return null;
}

const TIERS: ReadonlySet<string> = new Set([
  "auto",
  "default",
  "flex",
  "scale",
  "priority",
  "fast",
]);

/** The tier in OpenAI's words; null where it knows none like it. */
export function tierOf({ serviceTier }: NeutralCall, lose: Lose): string | null {
  if (serviceTier === null || TIERS.has(serviceTier)) return serviceTier;
  // Anthropic's word for the same.
  if (serviceTier === "standard_only") return "default";
  lose("service-tier", "service_tier");
  return null;
}
