import { z } from "zod";
import type { ProtocolId } from "../../model";
import { encode } from "../../stream/bytes";
import { jsonPaths, scanJson } from "../../stream/json-scan";
import { spliceString } from "../../stream/splice";
import { baseUrl, headerSecret } from "../fields";
import { openaiPath } from "../openai-address";
import { defineProvider, type SendFacts } from "../provider";
import { sharedUrl, sharedUrls } from "../shared-url";
import { diagnoseAzure } from "./diagnose";

/** The API without dates: models are named in the body, as at OpenAI. */
const UNDATED = "v1";
const PROBE_MODEL = "gpt-5.4-mini";
/** Formats of conversations: the one deployment that an account may name holds for them. */
const TALKS: readonly ProtocolId[] = ["openai-chat", "openai-responses"];
const MODEL = jsonPaths("model");

/**
 * A resource of Azure OpenAI (Microsoft Foundry), whose models are called by the names of their deployments.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference
 */
export const azureOpenai = defineProvider({
  id: "azure-openai",
  label: "Azure OpenAI",
  protocol: "openai-chat",
  also: ["openai-responses", "openai-embeddings", "openai-images"],
  counts: false,
  settings: z.object({
    baseUrl: baseUrl("Endpoint", "As the resource shows it: https://….openai.azure.com."),
    deployment: z
      .string()
      .regex(/^[A-Za-z0-9._-]{0,64}$/, "Letters, digits, full stops, hyphens and underscores.")
      .meta({
        label: "Deployment",
        help: "Serves every conversation. Empty: deployments are called as the models that they serve.",
      })
      .optional(),
    apiVersion: z
      .string()
      .regex(/^(v1|\d{4}-\d{2}-\d{2}(-preview)?)$/, "v1, or a date such as 2024-10-21.")
      .default(UNDATED)
      .meta({
        label: "API version",
        help: "v1 needs no date; older resources take one such as 2024-10-21.",
        advanced: true,
      }),
  }),
  secret: z.object({ apiKey: headerSecret("API key", "Sent as api-key.") }),
  urlSettings: ["baseUrl"],
  address({ baseUrl: base, deployment, apiVersion }) {
    const root = `${resourceOf(base)}/openai`;
    if (apiVersion === UNDATED) return (send) => sharedUrl(`${root}/v1${pathOf(send)}`);
    const query = `?api-version=${apiVersion}`;
    const byProtocol = (path: string) =>
      sharedUrls((name) => `${root}/deployments/${encodeURIComponent(name)}${path}${query}`);
    const deployed = {
      "/chat/completions": byProtocol("/chat/completions"),
      "/embeddings": byProtocol("/embeddings"),
      "/images/generations": byProtocol("/images/generations"),
    };
    return (send) => {
      const path = pathOf(send);
      if (!isDeployed(path)) return sharedUrl(`${root}${path}${query}`);
      return deployed[path](deploymentFor(send, deployment));
    };
  },
  headers({ apiKey }) {
    const own = { "api-key": apiKey };
    return () => own;
  },
  wire: ({ deployment }) => ({
    body(body, send) {
      const name = deploymentFor(send, deployment);
      const span = name === send.model ? undefined : scanJson(body, MODEL).get("model");
      return span ? spliceString(body, span, name) : body;
    },
  }),
  diagnose: diagnoseAzure,
  probe: ({ deployment }, map) => {
    const model = deployment || (map.entries[0]?.to ?? PROBE_MODEL);
    const messages = [{ role: "user", content: "Say OK." }];
    return { model, body: encode(JSON.stringify({ model, messages })), path: "generate" };
  },
});

type Deployed = "/chat/completions" | "/embeddings" | "/images/generations";

function isDeployed(path: string): path is Deployed {
  // Responses has one path for all, whose body names the deployment.
  return path !== "/responses";
}

function pathOf({ protocol }: SendFacts): string {
  return openaiPath(protocol) ?? "/chat/completions";
}

function deploymentFor({ protocol, model }: SendFacts, deployment: string | undefined): string {
  return deployment && TALKS.includes(protocol) ? deployment : model;
}

/** People paste the endpoint as it is, with `/openai` behind it, or a whole address to a deployment. */
function resourceOf(base: string): string {
  return base.replace(/\/+$/, "").replace(/\/openai(?:\/(?:v1|deployments)(?:\/.*)?)?$/, "");
}
