import type { ListedModel } from "../protocol";

const DEFAULT_PAGE = 50;
const MAX_PAGE = 1000;

/** One model as `GET models/{model}` answers it. */
export function geminiModel(model: ListedModel) {
  const { id, displayName, inputTokenLimit, outputTokenLimit } = model;
  return {
    name: `models/${id}`,
    version: id,
    displayName,
    ...(inputTokenLimit === null ? {} : { inputTokenLimit }),
    ...(outputTokenLimit === null ? {} : { outputTokenLimit }),
    supportedGenerationMethods: ["generateContent", "streamGenerateContent", "countTokens"],
  };
}

/**
 * A page of models; the page token is the name that the next page begins with.
 * @see https://ai.google.dev/api/models#method:-models.list
 */
export function geminiModels(models: readonly ListedModel[], query: URLSearchParams) {
  const asked = Number(query.get("pageSize") ?? DEFAULT_PAGE);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_PAGE) : DEFAULT_PAGE;
  const token = query.get("pageToken");
  const from = Math.max(
    models.findIndex(({ id }) => id === token),
    0,
  );
  const next = models[from + size];
  return {
    models: models.slice(from, from + size).map(geminiModel),
    ...(next ? { nextPageToken: next.id } : {}),
  };
}
