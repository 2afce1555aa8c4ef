import type { HostedToolKind } from "../../../neutral-blocks";

/** Names under which the provider's own tools call themselves in blocks. */
const BY_NAME: ReadonlyMap<string, HostedToolKind> = new Map(
  Object.entries<HostedToolKind>({
    web_search: "web-search",
    web_fetch: "web-fetch",
    code_execution: "code-execution",
    bash_code_execution: "code-execution",
    text_editor_code_execution: "code-execution",
  }),
);

/** What a `server_tool_use` of this name does. */
export function kindOfName(name: string): HostedToolKind {
  return BY_NAME.get(name) ?? "other";
}

/** What a result block of this type answers. */
export function kindOfResult(type: string): HostedToolKind {
  return kindOfName(type.replace(/_tool_result$/, ""));
}

/** Typed tools that the client runs itself: each is a function whose schema the model was trained on. */
const CLIENT_RUN = /^(?:bash|text_editor|computer|memory)_\d{8}$/;

/** Does the client run tools of this type itself? Their names carry the date of their version. */
export function isClientRun(type: string): boolean {
  return CLIENT_RUN.test(type);
}

/** What a tool of this type, with or without a date, does at the provider. */
export function kindOfType(type: string): HostedToolKind {
  return kindOfName(type.replace(/_\d{8}$/, ""));
}

/**
 * The tool that stands for a kind of another protocol: the oldest type, which every model takes.
 * @see https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-search-tool
 */
export const HOSTED_TYPES: Readonly<
  Partial<Record<HostedToolKind, { type: string; name: string }>>
> = {
  "web-search": { type: "web_search_20250305", name: "web_search" },
  "web-fetch": { type: "web_fetch_20250910", name: "web_fetch" },
  "code-execution": { type: "code_execution_20250825", name: "code_execution" },
};
