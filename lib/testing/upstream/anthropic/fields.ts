/** Top-level fields of a message request. Others are refused. */
export const MESSAGE_FIELDS: ReadonlySet<string> = words(
  "max_tokens messages model billing_policy cache_control compaction container context_management " +
    "diagnostics fallback_credit_token fallbacks inference_geo mcp_servers metadata output_config " +
    "output_format service_tier speed stop_sequences stream system thinking thread tool_choice tools " +
    "user_profile_id workspace_id temperature top_k top_p",
);

/** Top-level fields of a token count: no sampling, no limit, no stream. */
export const COUNT_FIELDS: ReadonlySet<string> = words(
  "messages model billing_policy cache_control compaction context_management mcp_servers " +
    "output_config output_format speed system thinking tool_choice tools user_profile_id workspace_id",
);

/** Fields of the content blocks that callers write themselves. Other block types are not looked into. */
export const BLOCK_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  text: words("type text cache_control citations"),
  image: words("type source cache_control transformations"),
  document: words("type source cache_control citations context title"),
  search_result: words("type content source title cache_control citations"),
  thinking: words("type thinking signature"),
  redacted_thinking: words("type data"),
  tool_use: words("type id input name cache_control caller toolset_name"),
  tool_result: words("type tool_use_id cache_control content is_error toolset_name"),
};

/** Types of the blocks of a message. */
export const BLOCK_TYPES: ReadonlySet<string> = new Set([
  ...Object.keys(BLOCK_FIELDS),
  ...words(
    "server_tool_use web_search_tool_result web_fetch_tool_result advisor_tool_result " +
      "code_execution_tool_result bash_code_execution_tool_result " +
      "text_editor_code_execution_tool_result tool_search_tool_result mcp_tool_use mcp_tool_result " +
      "container_upload compaction tool_addition tool_removal mcp_tool_listing fallback",
  ),
]);

/** Fields of a tool that the caller defines. Tools of the provider's own are not looked into. */
export const TOOL_FIELDS: ReadonlySet<string> = words(
  "type name description input_schema cache_control defer_loading strict eager_input_streaming " +
    "allowed_callers input_examples",
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
