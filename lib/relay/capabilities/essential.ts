/** What a call is about, or what its answer is read by: a call is refused rather than sent without. */
const WHOLE: ReadonlySet<string> = new Set([
  "cached_content",
  "container",
  "content",
  "contents",
  "conversation",
  "function_call",
  "functions",
  "generation_config",
  "generation_config.max_output_tokens",
  "generation_config.response_json_schema",
  "generation_config.response_mime_type",
  "generation_config.response_modalities",
  "generation_config.response_schema",
  "input",
  "instructions",
  "max_completion_tokens",
  "max_output_tokens",
  "max_tokens",
  "mcp_servers",
  "messages",
  "model",
  "output_config.format",
  "output_format",
  "previous_response_id",
  "project",
  "prompt",
  "request",
  "response_format",
  "stream",
  "system",
  "system_instruction",
  "text",
  "text.format",
  "tool_choice",
  "tool_config",
  "tools",
]);

/** Lists whose elements are made of such. */
const LISTS: ReadonlySet<string> = new Set([
  "contents",
  "functions",
  "input",
  "messages",
  "system",
  "system_instruction",
  "tools",
]);

const PARTS: ReadonlySet<string> = new Set([
  "arguments",
  "call_id",
  "content",
  "data",
  "description",
  "file_data",
  "function",
  "function_call",
  "function_declarations",
  "function_response",
  "id",
  "image_url",
  "inline_data",
  "input",
  "input_schema",
  "media_type",
  "mime_type",
  "name",
  "output",
  "parameters",
  "parts",
  "role",
  "source",
  "text",
  "thinking",
  "tool_call_id",
  "tool_calls",
  "tool_use_id",
  "type",
  "url",
]);

/** Fields that must not go with the object that holds them. */
export const KEPT_WITHIN: Readonly<Record<string, string>> = {
  output_config: "output_config.format",
};

/** Is a field, given by its dotted path, one that no call may lose? */
export function isEssential(path: string): boolean {
  const words = path.split(".").map(snakeCase);
  // Code Assist wraps a Gemini call.
  const own = words[0] === "request" && words.length > 1 ? words.slice(1) : words;
  if (WHOLE.has(own.join("."))) return true;
  const last = own.at(-1) ?? "";
  return last === "*" || last === "" || (LISTS.has(own[0] ?? "") && PARTS.has(last));
}

/** A name in the spelling of protocol buffers: Google takes both, and answers in this one. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The same name in JavaScript's spelling. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
