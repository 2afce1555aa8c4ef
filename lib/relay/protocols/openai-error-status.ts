import { fields, textOrNull, tokenCount } from "./json-fields";

/** Status that an error inside a stream would have had as an answer of its own, by its code or type. */
const STATUS: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  context_length_exceeded: 400,
  invalid_prompt: 400,
  content_filter: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  insufficient_quota: 429,
  permission_error: 403,
  model_not_found: 404,
  not_found_error: 404,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  requests: 429,
  tokens: 429,
  overloaded_error: 529,
  server_is_overloaded: 529,
  slow_down: 529,
};

/**
 * An error object of any OpenAI API, as status and sentence. What states neither a known word nor a
 * status is the upstream's own fault.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function readOpenaiError(error: unknown): { status: number; message: string } {
  const { code, type, status, message } = fields(error);
  const number = [code, status].map(tokenCount).find(isFailure);
  const word = [code, type].map((one) => STATUS[textOrNull(one) ?? ""]).find(Boolean);
  return {
    status: number ?? word ?? 502,
    message: textOrNull(message) ?? textOrNull(error) ?? "The upstream reported an error.",
  };
}

function isFailure(status: number | null): status is number {
  return status !== null && status >= 400 && status < 600;
}
