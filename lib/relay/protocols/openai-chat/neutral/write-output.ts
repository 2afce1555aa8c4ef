import type { NeutralCall } from "../../../neutral";
import type { Lose } from "../../loss-list";
import { ANY_OBJECT, namedSchema, saysJson } from "../../openai-settings";
import { type Fields, stated } from "../../own-extra";
import type { ModelTraits } from "./model-traits";
import { isOwn } from "./own-extra";

const JSON_MODE = { type: "json_object" };

/**
 * The form of the answer; null for plain text.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function writeOutput(call: NeutralCall, traits: ModelTraits, lose: Lose): Fields | null {
  const { output, extra } = call;
  if (output === null) return null;
  if (output.kind === "json") {
    // Servers of other makers know JSON mode rather than schemas.
    const takesMode = isOwn(extra) || !traits.isOpenai || speaksOfJson(call);
    return takesMode ? JSON_MODE : schemaForm(ANY_OBJECT);
  }
  const { kind: _, ...asItCame } = output;
  return schemaForm(isOwn(extra) ? stated(asItCame) : namedSchema(output, lose));
}

function schemaForm(json_schema: Fields): Fields {
  return { type: "json_schema", json_schema };
}

function speaksOfJson({ system, turns }: NeutralCall): boolean {
  return saysJson([...system, ...turns.flatMap(({ blocks }) => blocks)]);
}
