import { createHash } from "node:crypto";
import type { UpstreamCall } from "../call";
import { type Json, listOf, numberOf, textOf } from "../json";
import { type Reply, wholeReply } from "../reply";
import { countTokens } from "../tokens";
import { ZERO_USAGE } from "../usage";
import type { UpstreamWorld } from "../world";
import { checkEnvelope, missingParameter, wrongType } from "./checks";
import { invalid, OpenAiRefusal, openaiHeaders } from "./failure";
import { findOpenAiModel, type OpenAiModel } from "./models";
import { openaiSpeech } from "./speech";

const FIELDS: ReadonlySet<string> = new Set([
  "input",
  "model",
  "dimensions",
  "encoding_format",
  "user",
]);
const MOST_INPUTS = 2048;

/** Embeddings. */
export const embeddingsSpeech = openaiSpeech({ embed });

/** @see https://platform.openai.com/docs/api-reference/embeddings/create */
function embed(call: UpstreamCall, world: UpstreamWorld): Reply {
  const model = checkEmbedCall(call, world);
  const inputs = inputsOf(call.body.input);
  const size = numberOf(call.body.dimensions) ?? (model.alias.endsWith("-large") ? 3072 : 1536);
  const asBase64 = call.body.encoding_format === "base64";
  const tokens = inputs.reduce((sum, { tokens: count }) => sum + count, 0);
  const body = {
    object: "list",
    data: inputs.map(({ text }, index) => ({
      object: "embedding",
      index,
      embedding: asBase64 ? base64Floats(vectorOf(text, size)) : vectorOf(text, size),
    })),
    model: model.id,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
  const usage = { ...ZERO_USAGE, input: tokens };
  return wholeReply(200, openaiHeaders(call.id), JSON.stringify(body), usage);
}

/** A unit vector that depends on the text alone. */
export function vectorOf(text: string, size: number): number[] {
  const digest = createHash("sha256").update(text).digest();
  const raw = Array.from({ length: size }, (_, i) => {
    const byte = digest[i % digest.length] ?? 0;
    return ((byte + i * 7) % 255) / 127 - 1;
  });
  const norm = Math.hypot(...raw) || 1;
  return raw.map((value) => Number((value / norm).toFixed(8)));
}

function checkEmbedCall(call: UpstreamCall, world: UpstreamWorld): OpenAiModel {
  checkEnvelope(call);
  const { body } = call;
  const extra = Object.keys(body).filter((name) => !FIELDS.has(name));
  if (extra.length > 0) {
    throw invalid(`Unrecognized request argument supplied: ${extra.join(", ")}`, null);
  }
  if (textOf(body.model) === "") throw invalid("you must provide a model parameter", null);
  const model = findOpenAiModel(call.model, world.extraModels);
  if (model === null) {
    throw new OpenAiRefusal(
      404,
      `The model \`${call.model}\` does not exist or you do not have access to it.`,
      null,
      "model_not_found",
    );
  }
  if (model.use !== "embedding" && !world.extraModels.has(call.model)) {
    throw new OpenAiRefusal(
      403,
      `You are not allowed to generate embeddings from this model`,
      null,
      null,
    );
  }
  checkInput(body.input);
  checkForm(body);
  return model;
}

function checkInput(input: unknown): void {
  if (input === undefined) throw missingParameter("input");
  const list = Array.isArray(input) ? input : [input];
  if (typeof input !== "string" && !Array.isArray(input)) {
    throw wrongType("input", "a string or an array", input);
  }
  if (list.length === 0 || list.includes("")) {
    throw invalid(
      "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.",
      null,
    );
  }
  if (list.length <= MOST_INPUTS) return;
  throw invalid(
    `Invalid 'input': array too long. Expected an array with maximum length ${MOST_INPUTS}, but got an array with length ${list.length} instead.`,
    "input",
    "array_above_max_length",
  );
}

function checkForm({ encoding_format: format, dimensions, model }: Json): void {
  if (format !== undefined && format !== "float" && format !== "base64") {
    throw invalid(
      `Invalid value: '${textOf(format)}'. Supported values are: 'float' and 'base64'.`,
      "encoding_format",
      "invalid_value",
    );
  }
  if (dimensions !== undefined && model === "text-embedding-ada-002") {
    throw invalid("This model does not support specifying dimensions.", null);
  }
}

/** A lone list of numbers is one input, already cut into tokens. */
function inputsOf(input: unknown): { text: string; tokens: number }[] {
  if (typeof input === "string") return [{ text: input, tokens: countTokens(input) }];
  const list = listOf(input);
  if (list.every((one) => typeof one === "number")) {
    return [{ text: list.join(" "), tokens: list.length }];
  }
  return list.map((one) =>
    typeof one === "string"
      ? { text: one, tokens: countTokens(one) }
      : { text: listOf(one).join(" "), tokens: listOf(one).length },
  );
}

function base64Floats(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString("base64");
}
