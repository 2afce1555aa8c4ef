/** Top-level fields of a response. Others are refused. */
export const RESPONSE_FIELDS: ReadonlySet<string> = words(
  "access_programs background context_management conversation image include input instructions " +
    "max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls " +
    "previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention " +
    "reasoning safety_identifier service_tier store stream stream_options temperature text " +
    "tool_choice tools top_logprobs top_p truncation user client_metadata",
);

/** Top-level fields of a token count. */
export const COUNT_FIELDS: ReadonlySet<string> = words(
  "conversation input instructions model parallel_tool_calls personality previous_response_id " +
    "reasoning text tool_choice tools truncation",
);

/** Top-level fields of a compaction. */
export const COMPACT_FIELDS: ReadonlySet<string> = words(
  "model image input instructions previous_response_id prompt_cache_key prompt_cache_options " +
    "prompt_cache_retention service_tier",
);

/** Fields of Chat Completions that have another place here. */
export const MOVED_FIELDS: Readonly<Record<string, string>> = {
  messages: "input",
  max_tokens: "max_output_tokens",
  max_completion_tokens: "max_output_tokens",
  response_format: "text.format",
  reasoning_effort: "reasoning.effort",
  verbosity: "text.verbosity",
};

/** Fields of the items that callers write themselves, by type. Other known types are not looked into. */
export const ITEM_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  message: words("type role content id status phase"),
  function_call: words("type call_id name arguments id status namespace caller async"),
  function_call_output: words("type call_id output id status caller name"),
  custom_tool_call: words("type call_id name input id status namespace caller async"),
  custom_tool_call_output: words("type call_id output id status caller name"),
  reasoning: words("type id summary content encrypted_content status"),
  compaction: words("type id encrypted_content created_by"),
  item_reference: words("type id"),
};

/** Items of the provider's own tools. */
export const OTHER_ITEMS: ReadonlySet<string> = words(
  "web_search_call file_search_call computer_call computer_call_output code_interpreter_call " +
    "image_generation_call local_shell_call local_shell_call_output shell_call shell_call_output " +
    "apply_patch_call apply_patch_call_output mcp_list_tools mcp_approval_request " +
    "mcp_approval_response mcp_call tool_search_call tool_search_output compaction_trigger " +
    "additional_tools program program_output",
);

/** What the ids of items begin with. */
export const ID_PREFIXES: Readonly<Record<string, string>> = {
  message: "msg",
  function_call: "fc",
  custom_tool_call: "ctc",
  reasoning: "rs",
};

/** Fields of the content parts, by type. */
export const PART_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  input_text: words("type text prompt_cache_breakpoint"),
  input_image: words("type image_url file_id detail prompt_cache_breakpoint"),
  input_file: words("type file_data file_id file_url filename detail prompt_cache_breakpoint"),
  output_text: words("type text annotations logprobs"),
  refusal: words("type refusal"),
};

/** Fields of the tools that callers define, by type. */
export const TOOL_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  function: words(
    "type name description parameters strict defer_loading allowed_callers async output_schema",
  ),
  custom: words("type name description format defer_loading allowed_callers async"),
  namespace: words("type name description tools"),
};

/** Tools of the provider's own. */
export const HOSTED_TOOLS: ReadonlySet<string> = words(
  "web_search web_search_2025_08_26 web_search_preview web_search_preview_2025_03_11 file_search " +
    "computer computer_use_preview code_interpreter image_generation mcp local_shell shell " +
    "apply_patch tool_search programmatic_tool_calling",
);

/** What `include` may ask for. */
export const INCLUDABLE: ReadonlySet<string> = words(
  "file_search_call.results web_search_call.results web_search_call.action.sources " +
    "message.input_image.image_url computer_call_output.output.image_url " +
    "code_interpreter_call.outputs reasoning.encrypted_content message.output_text.logprobs",
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
