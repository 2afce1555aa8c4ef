import {
  FAKE_ANTHROPIC_KEY,
  FAKE_GEMINI_KEY,
  FAKE_OPENAI_KEY,
} from "../../../lib/testing/upstream/keys";
import type { Clouds } from "./clouds";

type Fields = Readonly<Record<string, string>>;

/** How an admin adds an account of one kind, and what a member then asks of it. */
export interface KindJourney {
  /** As the choice of kinds names it. */
  label: string;
  by:
    | "key"
    | "access key"
    | "key file"
    | "pasted code"
    | "device"
    | "tokens"
    | "key beside a sign-in";
  /** Label of the form → what is typed. */
  fields(clouds: Clouds): Fields;
  /** Texts that no page may show. */
  secrets(clouds: Clouds): readonly string[];
  /** The model that members ask for, and what the upstream calls it; absent for kinds with a client of their own. */
  model?: string;
  sent?: string;
  ask?(portal: string, key: string, model: string, mark: string): Promise<Response>;
}

const post = (url: string, key: string, body: object) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
const said = (mark: string) => [{ role: "user", content: `[[text:${mark}]]` }];
const askAnthropic: KindJourney["ask"] = (portal, key, model, mark) =>
  post(`${portal}/api/v1/messages`, key, { model, max_tokens: 64, messages: said(mark) });
const askChat: KindJourney["ask"] = (portal, key, model, mark) =>
  post(`${portal}/openai/v1/chat/completions`, key, { model, messages: said(mark) });

const google = ({ google: { authorizeUrl, tokenUrl }, codeAssist }: Clouds): Fields => ({
  "Code Assist address": codeAssist.url,
  "Sign-in page": authorizeUrl,
  "Token address": tokenUrl,
  "User address": codeAssist.userinfoUrl,
  "Client id": "client-1",
  "Client secret": "client-secret-1",
});
const claude = ({ oauth: { authorizeUrl, tokenUrl }, subscription }: Clouds): Fields => ({
  "API address": subscription.url,
  "Sign-in page": authorizeUrl,
  "Token address": tokenUrl,
});
const vertex = ({ vertex: { url, tokenUrl, location, keyFile } }: Clouds): Fields => ({
  Location: location,
  "Service account key": keyFile,
  Endpoint: url,
  "Token address": tokenUrl,
});
const privateKey = ({ vertex: { keyFile } }: Clouds) => [
  JSON.parse(keyFile).private_key.slice(60, 120),
];
const droid = ({ oauth: { deviceUrl, tokenUrl }, subscription }: Clouds): Fields => ({
  "API address": subscription.url,
  "Device address": deviceUrl,
  "Token address": tokenUrl,
});
const OPUS_PROFILE = "global.anthropic.claude-opus-4-5-20251101-v1:0";

export const KINDS: readonly KindJourney[] = [
  {
    label: "Claude Console",
    by: "key",
    fields: ({ upstream }) => ({ "API address": upstream.url, "API key": FAKE_ANTHROPIC_KEY }),
    secrets: () => [FAKE_ANTHROPIC_KEY],
    model: "kind-console",
    sent: "claude-opus-4-5",
    ask: askAnthropic,
  },
  { label: "Claude subscription", by: "pasted code", fields: claude, secrets: () => [] },
  { label: "Claude setup token", by: "pasted code", fields: claude, secrets: () => [] },
  {
    label: "Gemini API key",
    by: "key",
    fields: ({ upstream }) => ({ "Base address": upstream.url, "API key": FAKE_GEMINI_KEY }),
    secrets: () => [FAKE_GEMINI_KEY],
    model: "kind-gemini",
    sent: "gemini-3-pro-preview",
    ask: askAnthropic,
  },
  {
    label: "Google account (Gemini Code Assist)",
    by: "pasted code",
    fields: google,
    secrets: () => [],
    model: "kind-code-assist",
    sent: "gemini-3-pro-preview",
    ask: askAnthropic,
  },
  {
    label: "Google account (Antigravity)",
    by: "tokens",
    fields: (clouds) => {
      const { "Sign-in page": _, ...rest } = google(clouds);
      return { ...rest, "Refresh token": clouds.google.newAccount().refresh_token };
    },
    secrets: () => [],
    model: "kind-antigravity",
    sent: "gemini-3-pro-preview",
    ask: askAnthropic,
  },
  {
    label: "OpenAI",
    by: "key",
    fields: ({ upstream }) => ({ "Base address": upstream.url, "API key": FAKE_OPENAI_KEY }),
    secrets: () => [FAKE_OPENAI_KEY],
    model: "kind-openai",
    sent: "gpt-5.5",
    ask: askChat,
  },
  {
    label: "ChatGPT subscription (Codex)",
    by: "pasted code",
    fields: ({ oauth: { authorizeUrl, tokenUrl }, subscription }) => ({
      "Backend address": subscription.url,
      "Sign-in page": authorizeUrl,
      "Token address": tokenUrl,
    }),
    secrets: () => [],
  },
  {
    label: "OpenAI-compatible",
    by: "key",
    fields: ({ upstream }) => ({ "Base address": upstream.url, "API key": FAKE_OPENAI_KEY }),
    secrets: () => [FAKE_OPENAI_KEY],
    model: "kind-compatible",
    sent: "gpt-5.5",
    ask: askChat,
  },
  {
    label: "Azure OpenAI",
    by: "key",
    fields: ({ azure: { url, key } }) => ({
      Endpoint: url,
      Deployment: "prod-chat",
      "API key": key,
    }),
    secrets: ({ azure }) => [azure.key],
    model: "kind-azure",
    sent: "gpt-5.5",
    ask: askChat,
  },
  {
    label: "Amazon Bedrock",
    by: "key",
    fields: ({ bedrock: { url, region, apiKey } }) => ({
      Region: region,
      "Bedrock API key": apiKey,
      Endpoint: url,
    }),
    secrets: ({ bedrock }) => [bedrock.apiKey],
    model: "kind-bedrock",
    sent: OPUS_PROFILE,
    ask: askAnthropic,
  },
  {
    label: "Amazon Bedrock",
    by: "access key",
    fields: ({ bedrock: { url, region, accessKey } }) => ({
      Region: region,
      "Access key id": accessKey.id,
      "Secret access key": accessKey.secret,
      Endpoint: url,
    }),
    secrets: ({ bedrock }) => [bedrock.accessKey.secret],
    model: "kind-bedrock-signed",
    sent: OPUS_PROFILE,
    ask: askAnthropic,
  },
  {
    label: "Vertex AI (Gemini)",
    by: "key file",
    fields: vertex,
    secrets: privateKey,
    model: "kind-vertex",
    sent: "gemini-3-pro-preview",
    ask: askAnthropic,
  },
  {
    label: "Vertex AI (Claude)",
    by: "key file",
    fields: vertex,
    secrets: privateKey,
    model: "kind-vertex-claude",
    sent: "claude-opus-4-5@20251101",
    ask: askAnthropic,
  },
  { label: "Factory Droid", by: "device", fields: droid, secrets: () => [] },
  {
    label: "Factory Droid",
    by: "key beside a sign-in",
    fields: (clouds) => ({
      "API address": clouds.subscription.url,
      "Factory API key": clouds.oauth.newAccount().access_token,
    }),
    secrets: () => [],
  },
];
