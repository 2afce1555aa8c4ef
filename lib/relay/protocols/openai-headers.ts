/**
 * The caller's headers that may travel to an upstream of OpenAI's formats. Organisation and project are
 * those of the caller's own account and stay here.
 */
export const OPENAI_HEADERS: readonly string[] = [
  "accept",
  "conversation_id",
  "openai-beta",
  "originator",
  "session-id",
  "session_id",
  "thread-id",
  "thread_id",
  "user-agent",
  "version",
  "x-client-request-id",
  "x-codex-*",
  "x-openai-subagent",
  "x-stainless-*",
];
