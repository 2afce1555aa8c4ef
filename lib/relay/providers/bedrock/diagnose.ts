import { AppError } from "../../../shared/errors";
import { familyOf } from "../../families";
import { diagnoseByStatus, messageOf } from "../diagnose";
import type { FailedAnswer } from "../provider";

/** What is about a model and not about what was asked: another account may have it. */
const LACKS_MODEL =
  /on-demand throughput isn|model identifier is invalid|don't have access to the model|model access is denied|ResourceNotFoundException|end of its life/i;
/** Its own status for "not ready", which is no quota. */
const NOT_READY = /ModelNotReadyException/i;
/** A day's quota of tokens: it does not come back within minutes. */
const DAILY = /too many tokens per day/i;
const DAILY_SECONDS = 15 * 60;

/**
 * Names a failure of Bedrock's runtime. Throttling is counted per model.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html#API_runtime_InvokeModel_Errors
 */
export function diagnoseBedrock(answer: FailedAnswer): AppError {
  const { status, body, model } = answer;
  // The name of the exception stands in a header, and in some answers in the body.
  const said = `${answer.headers["x-amzn-errortype"] ?? ""} ${body}`;
  if (status >= 400 && status < 500 && LACKS_MODEL.test(said)) {
    const message = messageOf(body) ?? `Bedrock does not offer ${model} to this account here.`;
    return new AppError("upstream_lacks_model", message);
  }
  if (status === 429 && NOT_READY.test(said)) {
    return new AppError("upstream_busy", "The model is not ready at Bedrock.", { status: 503 });
  }
  if (status !== 429) return diagnoseByStatus(answer);
  const family = familyOf(model);
  const wait = DAILY.test(said) ? { retryAfterSeconds: DAILY_SECONDS } : {};
  return diagnoseByStatus(answer, { family, ...wait });
}
