import type { ModelMap } from "../../model";

/**
 * Profiles of Claude's models that any commercial region may call. An account that is bound to a geography
 * (`us.`, `eu.`, `jp.`, `au.`) has them replaced in its map.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export const BEDROCK_MODELS: ModelMap = {
  entries: [
    { from: "claude-opus-5-5*", to: "global.anthropic.claude-opus-5-5" },
    { from: "claude-opus-4-6*", to: "global.anthropic.claude-opus-4-6-v1" },
    { from: "claude-opus-4-5*", to: "global.anthropic.claude-opus-4-5-20251101-v1:0" },
    { from: "claude-opus-4-1*", to: "us.anthropic.claude-opus-4-1-20250805-v1:0" },
    { from: "claude-sonnet-4-6*", to: "global.anthropic.claude-sonnet-4-6" },
    { from: "claude-sonnet-4-5*", to: "global.anthropic.claude-sonnet-4-5-20250929-v1:0" },
    { from: "claude-haiku-4-5*", to: "global.anthropic.claude-haiku-4-5-20251001-v1:0" },
    { from: "opus", to: "global.anthropic.claude-opus-5-5" },
    { from: "sonnet", to: "global.anthropic.claude-sonnet-4-6" },
    { from: "haiku", to: "global.anthropic.claude-haiku-4-5-20251001-v1:0" },
  ],
};

export const BEDROCK_PROBE_MODEL = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
