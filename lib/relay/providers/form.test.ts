import { expect, it } from "vitest";
import { z } from "zod";
import { formFields, providerForm } from "./form";
import { PROVIDERS, providerOf } from "./registry";

it("describes every provider's form with labels and help, secrets as secrets", () => {
  for (const provider of PROVIDERS) {
    const form = providerForm(provider);
    expect(form.settings.every(({ help, label }) => help && label)).toBe(true);
    expect(form.secret.every(({ kind }) => kind === "secret")).toBe(true);
    expect(provider.secret.safeParse({}).success, provider.id).toBe(false);
    for (const name of provider.urlSettings) {
      expect(form.settings.find((field) => field.name === name)?.kind).toBe("url");
    }
  }
});

it("keeps defaults, choices and what is required", () => {
  const schema = z.object({
    region: z.enum(["eu", "us"]).default("eu").meta({ label: "Region" }),
    note: z.string().optional(),
    name: z.string(),
  });
  expect(formFields(schema)).toEqual([
    {
      name: "region",
      label: "Region",
      help: null,
      kind: "select",
      options: ["eu", "us"],
      default: "eu",
      required: false,
      advanced: false,
    },
    {
      name: "note",
      label: "note",
      help: null,
      kind: "text",
      options: [],
      default: null,
      required: false,
      advanced: false,
    },
    {
      name: "name",
      label: "name",
      help: null,
      kind: "text",
      options: [],
      default: null,
      required: true,
      advanced: false,
    },
  ]);
});

it("knows each kind once", () => {
  expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
  expect(providerOf("gemini-api-key")?.protocol).toBe("gemini");
  expect(providerOf("nothing")).toBeNull();
});
