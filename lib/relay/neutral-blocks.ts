import type { ProtocolId } from "./model";

/** Fields of one protocol that the neutral form has no word for, as they came. */
export interface Extra {
  protocol: ProtocolId;
  fields: Readonly<Record<string, unknown>>;
}

/** "5m" and "1h" are Anthropic's two lifetimes of a cached prefix. */
export type CacheHint = "5m" | "1h";

export type MediaSource =
  | { kind: "data"; mime: string; base64: string }
  | { kind: "url"; url: string; mime: string | null }
  /** A file kept at a provider: an id or address that only this protocol's upstream can open. */
  | { kind: "file"; protocol: ProtocolId; id: string; mime: string | null }
  /** Documents only. */
  | { kind: "text"; text: string; mime: string };

export interface Citation {
  url: string | null;
  title: string | null;
  citedText: string | null;
  /** Characters of the block's text that it supports; null when unknown. */
  start: number | null;
  end: number | null;
  extra?: Extra;
}

export interface TextBlock {
  kind: "text";
  text: string;
  citations: readonly Citation[];
  cache: CacheHint | null;
  /** Gemini signs any part. Opaque. */
  signature: string | null;
  extra?: Extra;
}

export interface ImageBlock {
  kind: "image";
  source: MediaSource;
  detail: string | null;
  cache: CacheHint | null;
  extra?: Extra;
}

export interface DocumentBlock {
  kind: "document";
  source: MediaSource;
  name: string | null;
  cache: CacheHint | null;
  extra?: Extra;
}

/** Thoughts that may be shown; `text` may be empty when the provider hides them and only signs. */
export interface ThinkingBlock {
  kind: "thinking";
  text: string;
  /** Anthropic's signature, Gemini's thoughtSignature, OpenAI's encrypted_content. Opaque. */
  signature: string | null;
  extra?: Extra;
}

/** Anthropic's encrypted thoughts. */
export interface RedactedThinkingBlock {
  kind: "redacted-thinking";
  data: string;
  extra?: Extra;
}

export interface ToolCallBlock {
  kind: "tool-call";
  /** "" when the protocol states none (Gemini's is optional): readers of calls then invent a stable one. */
  id: string;
  name: string;
  /** The arguments as JSON text, or the free text of a custom tool. "" and "{}" both mean none. */
  input: string;
  /** Gemini's thoughtSignature of a function call. */
  signature: string | null;
  cache: CacheHint | null;
  extra?: Extra;
}

/** Names a tool that a search found: Anthropic's deferred tools. */
export interface ToolReference {
  kind: "tool-reference";
  name: string;
}

export type ResultContent = TextBlock | ImageBlock | DocumentBlock | ToolReference;

export interface ToolResultBlock {
  kind: "tool-result";
  callId: string;
  /** Name of the tool that was called, where the protocol states it or the history tells it; else "". */
  name: string;
  isError: boolean;
  content: readonly ResultContent[];
  cache: CacheHint | null;
  extra?: Extra;
}

/** Tools that run at the provider. */
export type HostedToolKind = "web-search" | "web-fetch" | "code-execution" | "other";

/** A call that the provider makes and answers itself, shown to the client. */
export interface HostedCallBlock {
  kind: "hosted-call";
  tool: HostedToolKind;
  id: string;
  /** The protocol's own name of it. */
  name: string;
  /** JSON text of the input, e.g. {"query": …}. */
  input: string;
  extra?: Extra;
}

export interface SearchHit {
  url: string;
  title: string;
}

export interface HostedResultBlock {
  kind: "hosted-result";
  tool: HostedToolKind;
  callId: string;
  /** What a web search found; empty for other tools. */
  hits: readonly SearchHit[];
  /** Error code in the protocol's words; null when it succeeded. */
  error: string | null;
  extra?: Extra;
}

/** Anything else, which only its own protocol can carry. */
export interface OtherBlock {
  kind: "other";
  /** The protocol's word for it. */
  name: string;
  extra: Extra;
}

export type Block =
  | TextBlock
  | ImageBlock
  | DocumentBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ToolCallBlock
  | ToolResultBlock
  | HostedCallBlock
  | HostedResultBlock
  | OtherBlock;
