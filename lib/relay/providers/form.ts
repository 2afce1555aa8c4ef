import { z } from "zod";
import type { Provider } from "./provider";

/** One field of an account's form, as plain data: the page draws it, the API documents it. */
export interface FormField {
  name: string;
  label: string;
  help: string | null;
  kind: "text" | "url" | "secret" | "select";
  options: readonly string[];
  default: string | null;
  required: boolean;
  /** Folded away: few people change it. */
  advanced: boolean;
}

export interface ProviderForm {
  id: string;
  label: string;
  settings: readonly FormField[];
  secret: readonly FormField[];
}

const Described = z.object({
  properties: z
    .record(
      z.string(),
      z.object({
        label: z.string().optional(),
        help: z.string().optional(),
        advanced: z.boolean().optional(),
        hidden: z.boolean().optional(),
        kind: z.enum(["text", "url", "secret"]).optional(),
        enum: z.array(z.string()).optional(),
        default: z.union([z.string(), z.number(), z.boolean()]).optional(),
      }),
    )
    .default({}),
  required: z.array(z.string()).default([]),
});

/** The form of a kind of account, read from its own schemas. */
export function providerForm({ id, label, settings, secret }: Provider): ProviderForm {
  return { id, label, settings: formFields(settings), secret: formFields(secret) };
}

/** Names of all fields of an object schema, those that only the portal writes included. */
export function fieldNames(schema: z.ZodType): string[] {
  return Object.keys(Described.parse(z.toJSONSchema(schema, { io: "input" })).properties);
}

/**
 * Fields of an object schema in their order; labels and help come from `.meta()`. What only the portal
 * itself writes (`hidden`) is no field.
 */
export function formFields(schema: z.ZodType): FormField[] {
  const { properties, required } = Described.parse(z.toJSONSchema(schema, { io: "input" }));
  const shown = Object.entries(properties).filter(([, { hidden }]) => !hidden);
  return shown.map(([name, property]) => ({
    name,
    label: property.label ?? name,
    help: property.help ?? null,
    kind: property.enum ? "select" : (property.kind ?? "text"),
    options: property.enum ?? [],
    default: property.default === undefined ? null : String(property.default),
    required: required.includes(name),
    advanced: property.advanced ?? false,
  }));
}
