import { expect, it } from "vitest";
import { anthropicModel, anthropicModels } from "./anthropic/models";
import { geminiModel, geminiModels } from "./gemini/models";
import type { ListedModel } from "./protocol";

const MODELS: ListedModel[] = Array.from({ length: 25 }, (_, i) => ({
  id: `model-${String(i).padStart(2, "0")}`,
  displayName: `Model ${i}`,
  createdAtMs: Date.UTC(2026, 0, 1 + i),
  inputTokenLimit: i % 2 === 0 ? 1_000_000 : null,
  outputTokenLimit: i % 2 === 0 ? 64_000 : null,
}));
const query = (text: string) => new URLSearchParams(text);

it("shows a model as Anthropic does", () => {
  const [model] = MODELS;
  expect(model && anthropicModel(model)).toEqual({
    type: "model",
    id: "model-00",
    display_name: "Model 0",
    created_at: "2026-01-01T00:00:00Z",
  });
});

it("walks through all pages of Anthropic's list, forwards and backwards", () => {
  const forwards: string[] = [];
  let after = "";
  for (let page = anthropicModels(MODELS, query("limit=7")); ; ) {
    forwards.push(...page.data.map(({ id }) => id));
    if (!page.has_more) break;
    after = page.last_id ?? "";
    page = anthropicModels(MODELS, query(`limit=7&after_id=${after}`));
  }
  expect(forwards).toEqual(MODELS.map(({ id }) => id));
  const back = anthropicModels(MODELS, query("limit=3&before_id=model-10"));
  expect(back.data.map(({ id }) => id)).toEqual(["model-07", "model-08", "model-09"]);
  expect(back.has_more).toBe(true);
});

it("takes odd limits for the default, and never more than a thousand", () => {
  for (const limit of ["", "0", "-1", "x", "1.5"]) {
    expect(anthropicModels(MODELS, query(`limit=${limit}`)).data, limit).toHaveLength(20);
  }
  expect(anthropicModels(MODELS, query("limit=1000")).data).toHaveLength(25);
  expect(anthropicModels([], query(""))).toEqual({
    data: [],
    has_more: false,
    first_id: null,
    last_id: null,
  });
});

it("shows a model as Google does, with limits only where they are known", () => {
  const [known, unknown] = MODELS;
  expect(known && geminiModel(known)).toMatchObject({
    name: "models/model-00",
    displayName: "Model 0",
    inputTokenLimit: 1_000_000,
    outputTokenLimit: 64_000,
    supportedGenerationMethods: expect.arrayContaining(["generateContent"]),
  });
  expect(unknown && geminiModel(unknown)).not.toHaveProperty("inputTokenLimit");
});

it("walks through all pages of Google's list by their tokens", () => {
  const names: string[] = [];
  let token: string | undefined = "";
  while (token !== undefined) {
    const page: ReturnType<typeof geminiModels> & { nextPageToken?: string } = geminiModels(
      MODELS,
      query(`pageSize=10&pageToken=${token}`),
    );
    names.push(...page.models.map(({ name }) => name));
    token = page.nextPageToken;
  }
  expect(names).toEqual(MODELS.map(({ id }) => `models/${id}`));
  expect(geminiModels(MODELS, query("pageToken=gone")).models).toHaveLength(25);
});
