import type { ListedModel } from "./protocol";

/** One model as `GET /v1/models/{model}` answers it. */
export function openaiModel({ id, createdAtMs }: ListedModel) {
  const created = Math.floor(createdAtMs / 1000);
  return { id, object: "model", created, owned_by: "relay-portal" };
}

/**
 * The list of models, which has no pages.
 * @see https://platform.openai.com/docs/api-reference/models/list
 */
export function openaiModels(models: readonly ListedModel[]) {
  return { object: "list", data: models.map(openaiModel) };
}
