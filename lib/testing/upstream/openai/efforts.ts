import { invalid } from "./failure";
import { isReasoning, type OpenAiModel } from "./models";

/** Efforts by the generation that they came with, newest first. */
const EFFORTS: readonly (readonly [pattern: RegExp, efforts: string])[] = [
  [/^gpt-(?:5\.[6-9]|[6-9])/, "none low medium high xhigh max"],
  [/^gpt-5\.[2-5]/, "none low medium high xhigh"],
  [/^gpt-5\.1/, "none low medium high"],
  [/^gpt-5/, "minimal low medium high"],
  [/^o/, "low medium high"],
];

/** Refuses an effort that the model does not know. `refuse`: words for a model that does not think. */
export function checkEffort(
  effort: unknown,
  model: OpenAiModel,
  param: string,
  refuse: () => Error,
): void {
  if (effort === undefined || effort === null) return;
  if (!isReasoning(model.alias)) throw refuse();
  const known = EFFORTS.find(([pattern]) => pattern.test(model.alias))?.[1].split(" ") ?? [];
  if (typeof effort === "string" && known.includes(effort)) return;
  const list = known.map((one) => `'${one}'`).join(", ");
  throw invalid(
    `Unsupported value: '${String(effort)}' is not supported with the '${model.id}' model. Supported values are: ${list}.`,
    param,
    "unsupported_value",
  );
}
