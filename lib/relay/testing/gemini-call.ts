import type { UpstreamCall } from "../../testing/upstream/call";
import { checkCount, checkGenerate } from "../../testing/upstream/gemini/validate";
import type { UpstreamWorld } from "../../testing/upstream/world";
import type { NeutralCall, Tool } from "../neutral";
import type { ImageBlock } from "../neutral-blocks";
import { geminiTranslator } from "../protocols/gemini/neutral/translator";
import { decode } from "../stream/bytes";
import { neutralCall } from "./neutral-call";

const WORLD = {
  extraModels: new Set<string>(),
  signingSecret: "secret",
  foreignSignatures: true,
} as unknown as UpstreamWorld;

const upstreamCall = (body: unknown, model: string) =>
  ({ body, model, faults: [], badJson: false, version: "v1beta" }) as unknown as UpstreamCall;

/** A call as it is written for Gemini, once Google's rules have accepted it. */
export function geminiCall(changes: Partial<NeutralCall>, model = "gemini-2.5-flash") {
  const target = { model, action: "generate" } as const;
  const { body, losses } = geminiTranslator.writeCall(neutralCall(changes), target);
  const json = JSON.parse(decode(body));
  checkGenerate(upstreamCall(json, model), WORLD);
  return { ...json, losses };
}

/** The same for a count. */
export function geminiCount(call: NeutralCall, model = "gemini-2.5-flash") {
  const { body } = geminiTranslator.writeCall(call, { model, action: "count" });
  const json = JSON.parse(decode(body));
  checkCount(upstreamCall(json, model), WORLD);
  return json;
}

/** An image that lies in the call. */
export function imageBlock(base64: string, mime = "image/png"): ImageBlock {
  const source = { kind: "data", mime, base64 } as const;
  return { kind: "image", source, detail: null, cache: null };
}

/** A function that may be called. */
export function functionTool(schema: Record<string, unknown> | null, name = "Read"): Tool {
  const rest = { strict: null, deferred: false, namespace: null, cache: null };
  return { kind: "function", name, description: null, schema, ...rest };
}

/** A tool of the provider's own. */
export function hostedTool(tool: Extract<Tool, { kind: "hosted" }>["tool"], name: string): Tool {
  const open = { maxUses: null, allowedDomains: null, blockedDomains: null, location: null };
  return { kind: "hosted", tool, name, ...open };
}
