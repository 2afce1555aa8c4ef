import type { ListedModel } from "../protocol";

const DEFAULT_PAGE = 20;
const MAX_PAGE = 1000;

/** One model as `GET /v1/models/{id}` answers it. */
export function anthropicModel({ id, displayName, createdAtMs }: ListedModel) {
  const createdAt = new Date(createdAtMs).toISOString().replace(/\.\d+Z$/, "Z");
  return { type: "model", id, display_name: displayName, created_at: createdAt };
}

/**
 * A page of models with the cursors `after_id` and `before_id`.
 * @see https://docs.anthropic.com/en/api/models-list
 */
export function anthropicModels(models: readonly ListedModel[], query: URLSearchParams) {
  const asked = Number(query.get("limit") ?? DEFAULT_PAGE);
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_PAGE) : DEFAULT_PAGE;
  const after = models.findIndex(({ id }) => id === query.get("after_id"));
  const before = models.findIndex(({ id }) => id === query.get("before_id"));
  const within = models.slice(after + 1, before < 0 ? models.length : before);
  const page = before < 0 ? within.slice(0, limit) : within.slice(-limit);
  return {
    data: page.map(anthropicModel),
    has_more: page.length < within.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}
