/** Top-level fields of a chat completion. Others are refused. */
export const CHAT_FIELDS: ReadonlySet<string> = words(
  "messages model audio frequency_penalty function_call functions logit_bias logprobs " +
    "max_completion_tokens max_tokens metadata modalities moderation n parallel_tool_calls prediction " +
    "presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort " +
    "response_format safety_identifier seed service_tier stop store stream stream_options temperature " +
    "tool_choice tools top_logprobs top_p user verbosity web_search_options",
);

/** Fields of the messages, by role. */
export const MESSAGE_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  system: words("role content name"),
  developer: words("role content name"),
  user: words("role content name"),
  // What an answer's message has may be sent back as it came.
  assistant: words("role content name refusal annotations audio function_call tool_calls"),
  tool: words("role content name tool_call_id"),
  function: words("role content name"),
};

/** Fields of the content parts, by type. */
export const PART_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  text: words("type text prompt_cache_breakpoint"),
  refusal: words("type refusal"),
  image_url: words("type image_url prompt_cache_breakpoint"),
  input_audio: words("type input_audio prompt_cache_breakpoint"),
  file: words("type file prompt_cache_breakpoint"),
};

/** Which parts each role may have. */
export const ROLE_PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  system: words("text"),
  developer: words("text"),
  user: words("text image_url input_audio file"),
  assistant: words("text refusal"),
  tool: words("text"),
  function: words("text"),
};

/** Fields of a function that is offered. */
export const FUNCTION_FIELDS = words("name description parameters strict");

/** Fields of a custom tool that is offered. */
export const CUSTOM_FIELDS = words("name description format");

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
