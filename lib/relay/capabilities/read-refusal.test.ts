import { describe, expect, it } from "vitest";
import { refusalsOf } from "./read-refusal";
import { removalName } from "./removal";

const anthropicSays = (message: string) =>
  JSON.stringify({ type: "error", error: { type: "invalid_request_error", message } });
const openaiSays = (message: string, code: string | null = null, param: string | null = null) =>
  JSON.stringify({ error: { message, type: "invalid_request_error", param, code } });
const googleSays = (message: string) =>
  JSON.stringify([{ error: { code: 400, message, status: "INVALID_ARGUMENT" } }]);

/** Names of what is read out of an answer; what holds for one call only ends in "once". */
function named(body: string, status = 400, spoken: Parameters<typeof refusalsOf>[1] = "anthropic") {
  return refusalsOf({ status, body }, spoken).map(
    ({ removal, lasting }) => removalName(removal) + (lasting ? "" : " once"),
  );
}

describe("reads what the sentences of providers name", () => {
  it.each([
    [
      "Unexpected value(s) `prompt-caching-scope-2026-01-05`, `effort-2025-11-24` for the `anthropic-beta` header. Please consult our documentation at docs.anthropic.com or try again without the header.",
      ["beta=prompt-caching-scope-2026-01-05", "beta=effort-2025-11-24"],
    ],
    ["context_management: Extra inputs are not permitted", ["field=context_management"]],
    [
      "tools.0.custom.eager_input_streaming: Extra inputs are not permitted",
      ["field=tools.*.custom.eager_input_streaming"],
    ],
    ["tools.3.cache_control: Extra inputs are not permitted", ["field=tools.*.cache_control"]],
    [
      "system.1.cache_control.ephemeral.scope: Extra inputs are not permitted",
      ["field=system.*.cache_control.ephemeral.scope"],
    ],
    [
      "messages.1.content.1.tool_use.caller: Extra inputs are not permitted",
      ["field=messages.*.content.*.tool_use.caller"],
    ],
    ["adaptive thinking is not supported on this model", ["field=thinking.adaptive"]],
    [
      "Only 'enabled' and 'disabled' are supported for thinking; 'adaptive' is not supported.",
      ["field=thinking.adaptive"],
    ],
    [
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
      ["field=thinking.enabled"],
    ],
    ["This model does not support the effort parameter.", ["field=output_config.effort"]],
    ["`temperature` is deprecated for this model.", ["field=temperature"]],
    [
      "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
      ["field=top_p once"],
    ],
    [
      "`clear_thinking_20251015` strategy requires `thinking` to be enabled or adaptive",
      ["field=context_management once"],
    ],
  ])("Anthropic: %s", (message, names) => {
    expect(named(anthropicSays(message))).toEqual(names);
  });

  it.each([
    [
      openaiSays(
        "Unsupported parameter: 'temperature' is not supported with this model.",
        "unsupported_parameter",
        "temperature",
      ),
      ["field=temperature"],
    ],
    [
      openaiSays(
        "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        "unsupported_value",
        "temperature",
      ),
      ["field=temperature"],
    ],
    [
      openaiSays(
        "Unsupported value: 'xhigh' is not supported with this model. Supported values are: 'low'.",
        "unsupported_value",
        "reasoning.effort",
      ),
      ["field=reasoning.effort once"],
    ],
    [
      openaiSays(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "unsupported_parameter",
        "max_tokens",
      ),
      ["field=max_tokens->max_completion_tokens"],
    ],
    [
      openaiSays(
        "Unknown parameter: 'input[0].annotations'.",
        "unknown_parameter",
        "input[0].annotations",
      ),
      ["field=input.*.annotations"],
    ],
    [
      openaiSays("Encrypted content is not supported with this model.", null, "include"),
      ["field=include once"],
    ],
    [
      openaiSays("Unrecognized request arguments supplied: store, verbosity"),
      ["field=store", "field=verbosity"],
    ],
    [
      openaiSays("Argument not supported on this model: presencePenalty"),
      ["field=presencePenalty"],
    ],
    [
      openaiSays(
        "'messages.0' : for 'role:assistant' the following must be satisfied[('messages.0' : property 'reasoning_content' is unsupported)]",
      ),
      ["field=messages.*.reasoning_content"],
    ],
    [openaiSays("property 'logprobs' is unsupported"), ["field=logprobs"]],
    [
      openaiSays("Extra inputs are not permitted, field: 'messages[8].reasoning', value: 'x: y'"),
      ["field=messages.*.reasoning"],
    ],
    [
      openaiSays(
        "litellm.UnsupportedParamsError: x does not support parameters: ['seed', 'user'], for",
      ),
      ["field=seed", "field=user"],
    ],
    [
      JSON.stringify({
        object: "error",
        message:
          "[{'type': 'extra_forbidden', 'loc': ('body', 'top_k'), 'msg': 'Extra inputs are not permitted', 'input': 4}]",
        code: 400,
      }),
      ["field=top_k"],
    ],
    [
      JSON.stringify({
        detail: [
          { type: "extra_forbidden", loc: ["body", "messages", 3, "name_hint"], msg: "no" },
          { type: "missing", loc: ["body", "top_p"], msg: "Field required" },
        ],
      }),
      ["field=messages.*.name_hint"],
    ],
    [
      JSON.stringify({
        object: "error",
        message: { detail: [{ type: "extra_forbidden", loc: ["body", "store"] }] },
      }),
      ["field=store"],
    ],
  ])("OpenAI and its kind: %s", (body, names) => {
    expect(named(body, 400, "openai-chat")).toEqual(names);
    expect(named(body, 422, "openai-chat")).toEqual(names);
  });

  it.each([
    [
      'Invalid JSON payload received. Unknown name "topC" at \'generation_config\': Cannot find field.\nInvalid JSON payload received. Unknown name "labels": Cannot find field.',
      ["field=generation_config.topC", "field=labels"],
    ],
    [
      "Invalid JSON payload received. Unknown name \"strict\" at 'tools[0].function_declarations[2]': Cannot find field.",
      ["field=tools.*.function_declarations.*.strict"],
    ],
    [
      "Thinking level is not supported for this model.",
      ["field=generation_config.thinking_config.thinking_level"],
    ],
    [
      "Thinking level MINIMAL is not supported for this model. Please retry with other thinking level.",
      ["field=generation_config.thinking_config.thinking_level once"],
    ],
    [
      "Thinking is not supported by this model.",
      ["field=generation_config.thinking_config", "field=thinking"],
    ],
    [
      "Budget 0 is invalid. This model only works in thinking mode.",
      ["field=generation_config.thinking_config.thinking_budget once"],
    ],
    [
      "Penalty is not enabled for models/gemini-3-flash",
      ["field=generation_config.presence_penalty", "field=generation_config.frequency_penalty"],
    ],
  ])("Google: %s", (message, names) => {
    expect(named(googleSays(message), 400, "gemini")).toEqual(names);
  });
});

it("knows that Code Assist wraps a Gemini call", () => {
  expect(
    named(googleSays("Thinking budget is not supported for this model."), 400, "code-assist"),
  ).toEqual(["field=request.generation_config.thinking_config.thinking_budget"]);
});

it("finds the sentence inside that of a router", () => {
  const inner = anthropicSays("Unexpected value(s) `a-1` for the `anthropic-beta` header.");
  expect(named(openaiSays(`Error from provider(x: 400): ${inner}`))).toEqual(["beta=a-1"]);
  const google = googleSays("Unknown name \"topC\" at 'generation_config': Cannot find field.");
  expect(named(anthropicSays(`upstream: ${google}`))).toEqual(["field=generation_config.topC"]);
});

it("never removes what a call is about", () => {
  const essential = [
    "model",
    "messages",
    "contents",
    "input",
    "system",
    "systemInstruction",
    "tools",
    "max_tokens",
    "stream",
    "tool_choice",
    "response_format",
    "output_config.format",
    "generationConfig.responseSchema",
    "request.contents",
    "messages.0",
    "messages.0.content",
    "messages.3.content.0.text.text",
    "tools.0.custom.input_schema",
    "tools.0.function.parameters",
    "contents.0.parts.0.inlineData",
  ];
  for (const path of essential) {
    expect(named(anthropicSays(`${path}: Extra inputs are not permitted`)), path).toEqual([]);
    expect(named(openaiSays("no", "unknown_parameter", path)), path).toEqual([]);
  }
});

it("guesses nothing: other failures and other sentences name nothing", () => {
  const body = anthropicSays("context_management: Extra inputs are not permitted");
  for (const status of [401, 403, 404, 413, 429, 500, 529]) expect(named(body, status)).toEqual([]);
  const sentences = [
    "prompt is too long: 210000 tokens > 200000 maximum",
    "invalid beta flag",
    "max_tokens: Field required",
    "messages: at least one message is required",
    "messages.0.content.0.text.text: text content blocks must be non-empty",
  ];
  for (const message of sentences) expect(named(anthropicSays(message)), message).toEqual([]);
  expect(named("<html>400</html>")).toEqual([]);
  expect(named("")).toEqual([]);
});

it("reads a bounded number out of one answer", () => {
  const words = Array.from({ length: 100 }, (_, i) => `field_${i}`).join(", ");
  expect(named(openaiSays(`Unrecognized request arguments supplied: ${words}`))).toHaveLength(8);
});
