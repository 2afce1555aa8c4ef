/** What claude-code-router asks its clients for: a password between the two. */
export const ccrVariables = {
  ANTHROPIC_BASE_URL: "http://127.0.0.1:3456/",
  ANTHROPIC_AUTH_TOKEN: "choose-a-password",
};

/** The router's own Router needs a model behind every comma: without one it asks for an empty name. */
export function ccrConfig(address: string, key: string) {
  const strong = "gemini,gemini-3-pro-preview";
  return {
    APIKEY: ccrVariables.ANTHROPIC_AUTH_TOKEN,
    HOST: "127.0.0.1",
    API_TIMEOUT_MS: 600_000,
    Providers: [
      {
        name: "gemini",
        api_base_url: `${address}/gemini/v1beta/models/`,
        api_key: key,
        models: ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-pro-preview"],
        transformer: { use: ["gemini"] },
      },
    ],
    Router: {
      default: strong,
      background: strong,
      think: strong,
      longContext: strong,
      longContextThreshold: 60_000,
      webSearch: "gemini,gemini-2.5-flash",
    },
  };
}

/** Codex reads the key from this variable; its file holds the name alone. */
export const CODEX_KEY_VARIABLE = "RELAY_PORTAL_KEY";

/** Codex keeps the names of its own providers to itself, and speaks nothing but Responses. */
export const codexConfig = (address: string) => `model = "gpt-5.5"
model_provider = "portal"

[model_providers.portal]
name = "Relay portal"
base_url = "${address}/openai/v1"
env_key = "${CODEX_KEY_VARIABLE}"
wire_api = "responses"`;

/** gemini-cli takes the portal for Google's Code Assist, and the key for an access token. */
export const codeAssistSettings = { security: { auth: { selectedType: "oauth-personal" } } };

/** One provider for each interface, so that every model is asked in its maker's own format. */
export function opencodeConfig(address: string, apiKey: string) {
  const provider = (npm: string, name: string, path: string, models: readonly string[]) => ({
    npm,
    name,
    options: { baseURL: `${address}${path}`, apiKey },
    models: Object.fromEntries(models.map((model) => [model, {}])),
  });
  return {
    $schema: "https://opencode.ai/config.json",
    provider: {
      "portal-claude": provider("@ai-sdk/anthropic", "Portal: Claude", "/api/v1", [
        "claude-opus-5-5",
        "claude-sonnet-5-5",
      ]),
      "portal-gemini": provider("@ai-sdk/google", "Portal: Gemini", "/gemini/v1beta", [
        "gemini-3-pro-preview",
        "gemini-2.5-flash",
      ]),
      "portal-openai": provider("@ai-sdk/openai", "Portal: OpenAI", "/openai/v1", ["gpt-5.5"]),
      "portal-chat": provider("@ai-sdk/openai-compatible", "Portal: others", "/openai/v1", [
        "deepseek-v4-pro",
      ]),
    },
  };
}
