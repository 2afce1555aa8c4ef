import { Refusal, type UpstreamCall } from "../call";
import { type Json, listOf, numberOf, objectOf, stringsIn, textOf } from "../json";
import { vectorOf } from "../openai/embeddings";
import { type Reply, wholeReply } from "../reply";
import { countTokens } from "../tokens";
import { ZERO_USAGE } from "../usage";
import type { UpstreamWorld } from "../world";
import { geminiHeaders } from "./failure";
import { modelOf, parse } from "./validate";
import { prettyJson } from "./wire-json";

const USUAL_DIMENSIONS = 3072;

/** @see https://ai.google.dev/api/embeddings#method:-models.embedcontent */
export function embedContent(call: UpstreamCall, world: UpstreamWorld): Reply {
  const request = parse(call, "EmbedContentRequest");
  modelOf(call, world, "embedContent");
  const { values, tokens } = embed(request);
  return answer({ embedding: { values } }, tokens);
}

/** @see https://ai.google.dev/api/embeddings#method:-models.batchembedcontents */
export function batchEmbedContents(call: UpstreamCall, world: UpstreamWorld): Reply {
  const { requests } = parse(call, "BatchEmbedContentsRequest");
  modelOf(call, world, "batchEmbedContents");
  const all = listOf(requests).map(objectOf);
  if (all.length === 0) {
    throw new Refusal(400, "* BatchEmbedContentsRequest.requests: requests is not specified\n");
  }
  const other = all.find((one) => textOf(one.model).replace(/^models\//, "") !== call.model);
  if (other !== undefined) {
    throw new Refusal(
      400,
      `* BatchEmbedContentsRequest.requests[${all.indexOf(other)}].model: unexpected model name format\n`,
    );
  }
  const embedded = all.map(embed);
  const tokens = embedded.reduce((sum, one) => sum + one.tokens, 0);
  return answer({ embeddings: embedded.map(({ values }) => ({ values })) }, tokens);
}

function embed(request: Json): { values: number[]; tokens: number } {
  const text = listOf(objectOf(request.content).parts)
    .map((part) => stringsIn(objectOf(part).text))
    .join("\n");
  if (text === "") throw new Refusal(400, "* EmbedContentRequest.content: content is empty\n");
  const size = numberOf(request.outputDimensionality) ?? USUAL_DIMENSIONS;
  return { values: vectorOf(text, size), tokens: countTokens(text) };
}

function answer(body: object, tokens: number): Reply {
  const usageMetadata = { promptTokenCount: tokens, totalTokenCount: tokens };
  const text = `${prettyJson({ ...body, usageMetadata })}\n`;
  return wholeReply(200, geminiHeaders(), text, { ...ZERO_USAGE, input: tokens });
}
