import type { UpstreamCall } from "../call";
import { numberOf, textOf } from "../json";
import { type Reply, wholeReply } from "../reply";
import { countTokens } from "../tokens";
import { ZERO_USAGE } from "../usage";
import type { UpstreamWorld } from "../world";
import { checkEnvelope, missingParameter, unknownParameter } from "./checks";
import { invalid, openaiHeaders } from "./failure";
import { findOpenAiModel } from "./models";
import { openaiSpeech } from "./speech";

const FIELDS: ReadonlySet<string> = new Set(
  (
    "prompt background complexity frame_count frame_duration_ms model moderation n output_compression " +
    "output_format partial_images quality response_format safety_identifier size stream style svg user"
  ).split(" "),
);
/** What one picture costs, whatever its size. */
const IMAGE_TOKENS = 272;
/** One transparent pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Images. */
export const imagesSpeech = openaiSpeech({ image: generateImages });

/** @see https://platform.openai.com/docs/api-reference/images/create */
function generateImages(call: UpstreamCall, world: UpstreamWorld): Reply {
  checkImageCall(call, world);
  const count = numberOf(call.body.n) ?? 1;
  const input = countTokens(textOf(call.body.prompt));
  const usage = { ...ZERO_USAGE, input, output: count * IMAGE_TOKENS };
  const body = {
    created: Math.floor(Date.now() / 1000),
    background: "opaque",
    data: Array.from({ length: count }, () => ({ b64_json: PNG })),
    output_format: textOf(call.body.output_format) || "png",
    quality: "low",
    size: "1024x1024",
    usage: {
      input_tokens: input,
      input_tokens_details: { image_tokens: 0, text_tokens: input },
      output_tokens: usage.output,
      output_tokens_details: { image_tokens: usage.output, text_tokens: 0 },
      total_tokens: input + usage.output,
    },
  };
  return wholeReply(200, openaiHeaders(call.id), JSON.stringify(body), usage);
}

function checkImageCall(call: UpstreamCall, world: UpstreamWorld): void {
  checkEnvelope(call);
  const { body } = call;
  const extra = Object.keys(body).find((name) => !FIELDS.has(name));
  if (extra !== undefined) throw unknownParameter(extra);
  if (textOf(body.prompt) === "") throw missingParameter("prompt");
  const name = textOf(body.model) || "gpt-image-1";
  const model = findOpenAiModel(name, world.extraModels);
  if (model?.use !== "image" && !world.extraModels.has(name)) {
    throw invalid(`The model '${name}' does not exist.`, "model", "invalid_value");
  }
  if (body.response_format !== undefined && name.startsWith("gpt-image")) {
    throw unknownParameter("response_format");
  }
  const count = numberOf(body.n) ?? 1;
  if (Number.isInteger(count) && count >= 1 && count <= 10) return;
  throw invalid(
    `Invalid 'n': integer ${count < 1 ? "below minimum" : "above maximum"} value. Expected a value between 1 and 10, but got ${count} instead.`,
    "n",
    count < 1 ? "integer_below_min_value" : "integer_above_max_value",
  );
}
