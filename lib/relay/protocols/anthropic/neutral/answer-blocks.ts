import type { AnswerBlock } from "../../../neutral-answer";
import type {
  HostedCallBlock,
  HostedResultBlock,
  ImageBlock,
  TextBlock,
} from "../../../neutral-blocks";
import type { Lose } from "../../loss-list";
import { answerCitation } from "./citations";
import { type Json, keptWhole, ownFields } from "./wire";
import { inputOf, writeToolCall } from "./write-blocks";

type Writers = {
  [K in AnswerBlock["kind"]]: (block: Extract<AnswerBlock, { kind: K }>, lose: Lose) => Json | null;
};

/** A block of an answer; null, with its loss, for one that the Messages API has no form for. */
export function writeAnswerBlock(block: AnswerBlock, lose: Lose): Json | null {
  return keptWhole(block.extra) ?? writerOf(block)(block, lose);
}

/** TypeScript does not see that the writer under a block's own kind takes that block. */
function writerOf(block: AnswerBlock) {
  return WRITERS[block.kind] as (block: AnswerBlock, lose: Lose) => Json | null;
}

const WRITERS: Writers = {
  text: writeText,
  thinking: ({ text, signature, extra }) => ({
    type: "thinking",
    thinking: text,
    // Clients want the field, and send it back as it is.
    signature: signature ?? "",
    ...ownFields(extra),
  }),
  "redacted-thinking": ({ data, extra }) => ({
    type: "redacted_thinking",
    data,
    ...ownFields(extra),
  }),
  "tool-call": (block) => writeToolCall(block, false),
  image: (block, lose) => ({ type: "text", text: imageText(block, lose) }),
  "hosted-call": writeHostedCall,
  "hosted-result": writeHostedResult,
  other({ name }, lose) {
    lose("other-fields", name);
    return null;
  },
};

function writeText({ text, citations, extra }: TextBlock, lose: Lose): Json {
  const written = citations.map(answerCitation).filter((one) => one !== null);
  if (written.length < citations.length) lose("citations", "citations without an address");
  const cited = written.length > 0 ? { citations: written } : {};
  return { type: "text", text, ...cited, ...ownFields(extra) };
}

/** Answers hold no images here: Markdown keeps every byte of it. */
function imageText({ source }: ImageBlock, lose: Lose): string {
  lose("image-form", "image in an answer");
  if (source.kind === "url") return `![image](${source.url})`;
  return source.kind === "data"
    ? `![image](data:${source.mime};base64,${source.base64})`
    : "[image]";
}

/** Searches are shown as Anthropic shows its own, which is where Claude Code reads their results. */
function writeHostedCall(block: HostedCallBlock, lose: Lose): Json | null {
  const { tool, id, name, input, extra } = block;
  const isOwn = extra?.protocol === "anthropic" || id.startsWith("srvtoolu_");
  if (!isOwn && tool !== "web-search") {
    lose("hosted-tool", name);
    return null;
  }
  return {
    type: "server_tool_use",
    id: hostedId(id),
    name: isOwn ? name : "web_search",
    input: inputOf(input, false),
    ...ownFields(extra),
  };
}

function writeHostedResult(block: HostedResultBlock, lose: Lose): Json | null {
  const { tool, callId, hits, error } = block;
  if (tool !== "web-search") {
    lose("hosted-tool", `result of ${tool}`);
    return null;
  }
  const found = hits.map(({ url, title }) => ({
    type: "web_search_result",
    url,
    title,
    encrypted_content: "",
    page_age: null,
  }));
  const failure = { type: "web_search_tool_result_error", error_code: "unavailable" };
  return {
    type: "web_search_tool_result",
    tool_use_id: hostedId(callId),
    content: error === null ? found : failure,
  };
}

/** Ids of the provider's own tools are known by their beginning. */
function hostedId(id: string): string {
  return id.startsWith("srvtoolu_") ? id : `srvtoolu_${id}`;
}
