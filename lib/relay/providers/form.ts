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

/** Fields of an object schema in their order; labels and help come from `.meta()`. */
export function formFields(schema: z.ZodType): FormField[] {
  const { properties, required } = Described.parse(z.toJSONSchema(schema, { io: "input" }));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    label: property.label ?? name,
    help: property.help ?? null,
    kind: property.enum ? "select" : (property.kind ?? "text"),
    options: property.enum ?? [],
    default: property.default === undefined ? null : String(property.default),
    required: required.includes(name),
  }));
}
