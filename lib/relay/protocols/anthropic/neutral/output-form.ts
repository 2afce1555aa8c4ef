import type { OutputForm } from "../../../neutral";
import { fields } from "../../json-fields";
import type { Lose } from "../../loss-list";
import type { ModelTraits } from "./model-traits";
import { limitSchema } from "./schema-limits";
import { isObject, type Json } from "./wire";

/**
 * The form that an answer must have, in `output_config.format` or the older `output_format`.
 * @see https://docs.claude.com/en/docs/build-with-claude/structured-outputs
 */
export function readOutputForm({ output_config, output_format }: Json): OutputForm | null {
  const { type, schema } = fields(fields(output_config).format ?? output_format);
  if (type !== "json_schema" || !isObject(schema)) return null;
  return { kind: "schema", name: null, description: null, schema, strict: null };
}

/** The form as a `format`; null, with its loss, for what Anthropic cannot be held to. */
export function writeOutputForm(
  output: OutputForm | null,
  traits: ModelTraits,
  lose: Lose,
): Json | null {
  if (output === null) return null;
  if (output.kind === "json") {
    lose("schema-constraints", "JSON without a schema");
    return null;
  }
  const { schema, dropped } = limitSchema(output.schema);
  if (!traits.schemas || schema === null) {
    lose("schema-constraints", "schema of the answer");
    return null;
  }
  if (dropped.length > 0) lose("schema-constraints", dropped.join(", "));
  return { type: "json_schema", schema };
}
