import { AwsV4Signer } from "aws4fetch";
import { z } from "zod";
import { encode } from "../../stream/bytes";
import { baseUrl, headerSecret } from "../fields";
import { defineProvider, type SignableRequest } from "../provider";
import { sharedUrls } from "../shared-url";
import { diagnoseBedrock } from "./diagnose";
import { BEDROCK_MODELS, BEDROCK_PROBE_MODEL } from "./models";
import { bedrockWire } from "./wire";

const Settings = z.object({
  region: z
    .string()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "A region such as us-east-1.")
    .default("us-east-1")
    .meta({ label: "Region", help: "Where the models are called, such as us-east-1." }),
  baseUrl: baseUrl("Endpoint", "Empty: https://bedrock-runtime.{region}.amazonaws.com.")
    .optional()
    .meta({ advanced: true }),
});

const Secret = z
  .object({
    apiKey: headerSecret("Bedrock API key", "Instead of an access key.").optional(),
    accessKeyId: headerSecret(
      "Access key id",
      "Of a user who may call bedrock:InvokeModel.",
    ).optional(),
    secretAccessKey: headerSecret(
      "Secret access key",
      "Signs every request; never sent.",
    ).optional(),
    sessionToken: headerSecret("Session token", "Of temporary credentials only.").optional(),
  })
  .refine(
    ({ apiKey, accessKeyId, secretAccessKey }) => apiKey || (accessKeyId && secretAccessKey),
    {
      message: "An API key, or an access key id with its secret.",
      path: ["apiKey"],
    },
  );

/**
 * Claude's models at Amazon Bedrock, by an API key of Bedrock's or by requests that an access key signs.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
 */
export const bedrock = defineProvider({
  id: "bedrock",
  label: "Amazon Bedrock",
  protocol: "anthropic",
  counts: false,
  settings: Settings,
  secret: Secret,
  urlSettings: ["baseUrl"],
  defaultModelMap: BEDROCK_MODELS,
  address({ region, baseUrl: base }) {
    const root = base
      ? base.replace(/\/+$/, "")
      : `https://bedrock-runtime.${region}.amazonaws.com`;
    const urlOf = (verb: string) =>
      sharedUrls((model) => `${root}/model/${encodeURIComponent(model)}/${verb}`);
    const whole = urlOf("invoke");
    const streamed = urlOf("invoke-with-response-stream");
    return ({ facts, model }) => (facts.stream ? streamed : whole)(model);
  },
  headers({ apiKey }) {
    // Anthropic's own headers say nothing here: what they ask for stands in the body.
    const own: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
    return () => own;
  },
  wire: () => bedrockWire,
  sign: ({ apiKey, ...key }, { region }, request) =>
    apiKey ? Promise.resolve({}) : signature(key, region, request),
  diagnose: diagnoseBedrock,
  probe: (_, map) => {
    const model = map.entries.find(({ from }) => from.includes("haiku"))?.to ?? BEDROCK_PROBE_MODEL;
    const messages = [{ role: "user", content: "Say OK." }];
    return { model, body: encode(JSON.stringify({ max_tokens: 16, messages })), path: "generate" };
  },
});

type AccessKey = Omit<z.output<typeof Secret>, "apiKey">;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
async function signature(
  { accessKeyId, secretAccessKey, sessionToken }: AccessKey,
  region: string,
  { method, url, body, nowMs }: SignableRequest,
): Promise<Record<string, string>> {
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    body: body.slice(),
    accessKeyId: accessKeyId ?? "",
    secretAccessKey: secretAccessKey ?? "",
    ...(sessionToken && { sessionToken }),
    service: "bedrock",
    region,
    datetime: new Date(nowMs).toISOString().replaceAll(/[:-]|\.\d{3}/g, ""),
  });
  const { headers } = await signer.sign();
  return Object.fromEntries(headers);
}
