import { AppError } from "../../../shared/errors";
import { messageOf } from "../diagnose";
import { diagnoseOpenai } from "../openai-diagnosis";
import type { FailedAnswer } from "../provider";

/** Azure's words for a deployment that is not there, or that cannot do what was asked. */
const NO_SUCH_DEPLOYMENT =
  /"code"\s*:\s*"(?:DeploymentNotFound|OperationNotSupported|unknown_model|UnknownModel)"/;

/**
 * Names an answer of Azure OpenAI: OpenAI's own words, and Azure's for deployments; its exact wait is in
 * milliseconds.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/how-to/quota
 */
export function diagnoseAzure(answer: FailedAnswer): AppError {
  const { status, body, model } = answer;
  if ((status === 400 || status === 404) && NO_SUCH_DEPLOYMENT.test(body)) {
    const message = messageOf(body) ?? `The resource has no deployment for ${model}.`;
    return new AppError("upstream_lacks_model", message);
  }
  const waitMs = answer.headers["retry-after-ms"];
  if (waitMs === undefined || !/^\d+$/.test(waitMs)) return diagnoseOpenai(answer);
  const headers = { ...answer.headers, "retry-after": String(Number(waitMs) / 1_000) };
  return diagnoseOpenai({ ...answer, headers });
}
