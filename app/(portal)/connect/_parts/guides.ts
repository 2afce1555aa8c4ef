import type { CodeVariant } from "@/lib/ui/primitives/code-block";
import { anthropicSdk, googleSdk } from "./sdk-code";

/** The clients that the page can set up, in the order in which they are offered. */
export const CLIENTS = [
  "claude-code",
  "vs-code",
  "gemini-cli",
  "ccr",
  "curl",
  "python",
  "typescript",
] as const;
export type Client = (typeof CLIENTS)[number];

export const isClient = (text: string): text is Client => CLIENTS.some((one) => one === text);

/** The names of the steps; each has its words in the area "connect". */
export type StepName =
  | "install"
  | "settingsFile"
  | "editorSettings"
  | "run"
  | "keep"
  | "ccrConfig"
  | "ccrStart"
  | "ccrClient"
  | "anthropic"
  | "gemini"
  | "installSdk";

export interface Step {
  name: StepName;
  variants: readonly [CodeVariant, ...CodeVariant[]];
}

/** What the commands are filled in with. */
export interface Place {
  /** The portal's address without a slash at its end. */
  address: string;
  /** The key as it is shown and, when it is known in full, as it is copied. */
  shownKey: string;
  copiedKey: string;
}

/**
 * The commands that point a client at this portal. What is copied holds the whole key where the page
 * knows it; what is shown never does.
 */
export function guideOf(client: Client, place: Place): Step[] {
  const write = GUIDES[client];
  const shown = write(place.address, place.shownKey);
  const copied = write(place.address, place.copiedKey);
  return shown.map((step, index) => ({ ...step, variants: withCopies(step, copied[index]) }));
}

function withCopies(shown: Step, copied: Step | undefined): Step["variants"] {
  const [first, ...rest] = shown.variants;
  const withCopy = (variant: CodeVariant, index: number): CodeVariant => ({
    ...variant,
    copy: copied?.variants[index]?.code,
  });
  return [withCopy(first, 0), ...rest.map((variant, index) => withCopy(variant, index + 1))];
}

type Guide = (address: string, key: string) => Step[];

const GUIDES: Record<Client, Guide> = {
  "claude-code": (address, key) => {
    const variables = claudeVariables(address, key);
    return [
      { name: "install", variants: npmInstall("@anthropic-ai/claude-code") },
      { name: "run", variants: shells(variables, "claude") },
      { name: "keep", variants: kept(variables) },
    ];
  },
  "vs-code": (address, key) => {
    const variables = claudeVariables(address, key);
    const listed = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const editor = {
      "claudeCode.disableLoginPrompt": true,
      "claudeCode.environmentVariables": listed,
    };
    return [
      { name: "editorSettings", variants: [{ language: "json", code: json(editor) }] },
      { name: "settingsFile", variants: [{ language: "json", code: json({ env: variables }) }] },
    ];
  },
  "gemini-cli": (address, key) => {
    const variables = { GOOGLE_GEMINI_BASE_URL: `${address}/gemini`, GEMINI_API_KEY: key };
    return [
      { name: "install", variants: npmInstall("@google/gemini-cli") },
      { name: "run", variants: shells(variables, "gemini") },
      { name: "keep", variants: kept(variables) },
    ];
  },
  ccr: (address, key) => [
    { name: "install", variants: npmInstall("@musistudio/claude-code-router@2.0.0") },
    {
      name: "ccrConfig",
      variants: [{ language: "json", label: "config.json", code: json(ccrConfig(address, key)) }],
    },
    { name: "ccrStart", variants: [{ language: "bash", code: "ccr restart\nccr status" }] },
    { name: "ccrClient", variants: shells(ccrVariables, "claude") },
  ],
  curl: (address, key) => [
    { name: "anthropic", variants: curlAnthropic(address, key) },
    { name: "gemini", variants: curlGemini(address, key) },
  ],
  python: (address, key) => [
    {
      name: "installSdk",
      variants: [{ language: "bash", code: "pip install anthropic google-genai" }],
    },
    {
      name: "anthropic",
      variants: [{ language: "python", code: anthropicSdk.python(address, key) }],
    },
    { name: "gemini", variants: [{ language: "python", code: googleSdk.python(address, key) }] },
  ],
  typescript: (address, key) => [
    { name: "installSdk", variants: npmInstall("@anthropic-ai/sdk @google/genai", "") },
    {
      name: "anthropic",
      variants: [{ language: "typescript", code: anthropicSdk.typescript(address, key) }],
    },
    {
      name: "gemini",
      variants: [{ language: "typescript", code: googleSdk.typescript(address, key) }],
    },
  ],
};

const claudeVariables = (address: string, key: string) => ({
  ANTHROPIC_BASE_URL: `${address}/api/`,
  ANTHROPIC_AUTH_TOKEN: key,
});

const ccrVariables = {
  ANTHROPIC_BASE_URL: "http://127.0.0.1:3456/",
  ANTHROPIC_AUTH_TOKEN: "choose-a-password",
};

/** The router's own Router needs a model behind every comma: without one it asks for an empty name. */
function ccrConfig(address: string, key: string) {
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

type Variables = Readonly<Record<string, string>>;

function npmInstall(name: string, flags = "-g "): [CodeVariant] {
  return [{ language: "bash", label: "npm", code: `npm install ${flags}${name}` }];
}

/** Variables for this one terminal, then the program. */
function shells(variables: Variables, program: string): [CodeVariant, CodeVariant] {
  const entries = Object.entries(variables);
  const posix = entries.map(([name, value]) => `export ${name}="${value}"`);
  const power = entries.map(([name, value]) => `$env:${name} = "${value}"`);
  return [
    { language: "bash", label: "bash/zsh", code: [...posix, program].join("\n") },
    { language: "powershell", code: [...power, program].join("\n") },
  ];
}

/** The same variables for every terminal from now on. */
function kept(variables: Variables): [CodeVariant, CodeVariant, CodeVariant] {
  const entries = Object.entries(variables);
  const append = (file: string) =>
    entries.map(([name, value]) => `echo 'export ${name}="${value}"' >> ~/${file}`).join("\n");
  const power = entries.map(
    ([name, value]) => `[Environment]::SetEnvironmentVariable("${name}", "${value}", "User")`,
  );
  return [
    { language: "bash", code: append(".bashrc") },
    { language: "zsh", code: append(".zshrc") },
    { language: "powershell", code: power.join("\n") },
  ];
}

function curlAnthropic(address: string, key: string): [CodeVariant, CodeVariant] {
  const body = {
    model: "claude-sonnet-5-5",
    max_tokens: 100,
    messages: [{ role: "user", content: "Hello" }],
  };
  return curl(
    `${address}/api/v1/messages`,
    { "x-api-key": key, "anthropic-version": "2023-06-01" },
    body,
  );
}

function curlGemini(address: string, key: string): [CodeVariant, CodeVariant] {
  const body = { contents: [{ role: "user", parts: [{ text: "Hello" }] }] };
  const path = "/gemini/v1beta/models/gemini-2.5-flash:generateContent";
  return curl(`${address}${path}`, { "x-goog-api-key": key }, body);
}

function curl(url: string, headers: Variables, body: unknown): [CodeVariant, CodeVariant] {
  const all = Object.entries({ ...headers, "content-type": "application/json" });
  const text = JSON.stringify(body);
  const posix = [
    `curl ${url}`,
    ...all.map(([name, value]) => `-H '${name}: ${value}'`),
    `-d '${text}'`,
  ];
  const power = [
    `Invoke-RestMethod ${url} -Method Post`,
    `-Headers @{ ${all.map(([name, value]) => `"${name}" = "${value}"`).join("; ")} }`,
    `-Body '${text}'`,
  ];
  return [
    { language: "bash", label: "bash/zsh", code: posix.join(" \\\n  ") },
    { language: "powershell", code: power.join(" `\n  ") },
  ];
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
