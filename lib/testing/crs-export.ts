import { createCipheriv, createHash, randomBytes, scryptSync } from "node:crypto";

/** A made-up ENCRYPTION_KEY of 32 characters, as its set-up makes one. */
export const CRS_ENCRYPTION_KEY = "0123456789abcdef0123456789ABCDEF";

/** Seals a secret as claude-relay-service does: AES-256-CBC, scrypt with a salt per kind, `iv:ciphertext`. */
export function crsSeal(text: string, salt: string, encryptionKey = CRS_ENCRYPTION_KEY): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", scryptSync(encryptionKey, salt, 32), iv);
  return `${iv.toString("hex")}:${cipher.update(text, "utf8", "hex")}${cipher.final("hex")}`;
}

/** What claude-relay-service keeps of a key: SHA-256 of it with its ENCRYPTION_KEY behind. */
export function crsKeyHash(secret: string, encryptionKey = CRS_ENCRYPTION_KEY): string {
  return createHash("sha256").update(`${secret}${encryptionKey}`).digest("hex");
}

/** A key as claude-relay-service makes them. */
export function crsKeySecret(): string {
  return `cr_${randomBytes(32).toString("hex")}`;
}

const MADE = "2026-03-01T08:00:00.000Z";
const NO_LIMITS = {
  description: "",
  tokenLimit: "0",
  concurrencyLimit: "0",
  rateLimitWindow: "0",
  rateLimitRequests: "0",
  rateLimitCost: "0",
  isActive: "true",
  claudeAccountId: "",
  claudeConsoleAccountId: "",
  geminiAccountId: "",
  openaiAccountId: "",
  azureOpenaiAccountId: "",
  bedrockAccountId: "",
  droidAccountId: "",
  permissions: "[]",
  enableModelRestriction: "false",
  restrictedModels: "[]",
  enableClientRestriction: "false",
  allowedClients: "[]",
  dailyCostLimit: "0",
  totalCostLimit: "0",
  weeklyOpusCostLimit: "0",
  weeklyResetDay: "1",
  weeklyResetHour: "0",
  tags: "[]",
  activationDays: "0",
  activationUnit: "days",
  expirationMode: "fixed",
  isActivated: "true",
  activatedAt: "",
  createdAt: MADE,
  lastUsedAt: "",
  expiresAt: "",
  createdBy: "admin",
  userId: "",
  userUsername: "",
  icon: "",
};

/** A key's record in the export, all values texts as Redis keeps them. */
export function crsKeyRecord(secret: string, fields: Readonly<Record<string, string>>) {
  return { ...NO_LIMITS, apiKey: crsKeyHash(secret), ...fields };
}

const account = (id: string, name: string, fields: object) => ({
  id,
  name,
  description: "",
  isActive: "true",
  schedulable: "true",
  accountType: "shared",
  priority: "50",
  status: "active",
  errorMessage: "",
  proxy: "",
  createdAt: MADE,
  lastUsedAt: "",
  ...fields,
});

/**
 * The data of an export with an account of every kind, as its field lists have them: secrets sealed, numbers
 * and truth values as texts, lists as JSON in a text. `consoleUrl` and `consoleKey` are those of an upstream
 * that can really be called.
 */
export function crsAccountLists(upstream: { consoleUrl: string; consoleKey: string }) {
  return { ...claudeLists(upstream), ...googleLists(), ...openaiLists(), ...otherLists() };
}

function claudeLists({ consoleUrl, consoleKey }: { consoleUrl: string; consoleKey: string }) {
  return {
    claudeAccounts: [
      account("11111111-0000-4000-8000-000000000001", "Max of Ada", {
        email: crsSeal("ada@example.org", "salt"),
        accessToken: crsSeal("sk-ant-oat01-ada-access", "salt"),
        refreshToken: crsSeal("sk-ant-ort01-ada-refresh", "salt"),
        expiresAt: "1790000000000",
        scopes: "org:create_api_key user:profile user:inference",
        subscriptionInfo: '{"accountType":"claude_max"}',
        priority: "10",
        useUnifiedUserAgent: "true",
        proxy:
          '{"type":"socks5","host":"proxy.example.org","port":1080,"username":"u","password":"p w"}',
      }),
      account("11111111-0000-4000-8000-000000000002", "Token of a year", {
        accessToken: crsSeal("sk-ant-oat01-setup-token", "salt"),
        refreshToken: "",
        expiresAt: "1820000000000",
        scopes: "user:inference",
        accountType: "dedicated",
      }),
    ],
    claudeConsoleAccounts: [
      account("22222222-0000-4000-8000-000000000001", "Console", {
        apiUrl: consoleUrl,
        apiKey: crsSeal(consoleKey, "claude-console-salt"),
        supportedModels: '{"claude-sonnet-4-5":"claude-sonnet-4-5-20250929"}',
        maxConcurrentTasks: "8",
        dailyQuota: "20",
        isActive: "false",
        status: "rate_limited",
      }),
    ],
    ccrAccounts: [
      account("33333333-0000-4000-8000-000000000001", "Router", {
        apiUrl: "https://ccr.example.org",
        apiKey: crsSeal("router-key-of-ours", "ccr-account-salt"),
        supportedModels: '["gemini-2.5-pro"]',
      }),
    ],
    bedrockAccounts: [
      account("44444444-0000-4000-8000-000000000001", "Frankfurt", {
        region: "eu-central-1",
        credentialType: "access_key",
        awsCredentials: sealedObject({
          accessKeyId: "AKIAEXAMPLE",
          secretAccessKey: "aws/secret+key",
        }),
        defaultModel: "us.anthropic.claude-sonnet-4-20250514-v1:0",
        isActive: true,
        priority: 30,
        schedulable: true,
      }),
      account("44444444-0000-4000-8000-000000000002", "Virginia", {
        region: "us-east-1",
        credentialType: "bearer_token",
        bearerToken: sealedObject({ token: "bedrock-api-key-of-ours" }),
        isActive: false,
      }),
    ],
  };
}

function googleLists() {
  return {
    geminiAccounts: [
      account("55555555-0000-4000-8000-000000000001", "Workspace", {
        geminiOauth: crsSeal(
          '{"access_token":"ya29.older","refresh_token":"1//older","expiry_date":1790000000000}',
          "gemini-account-salt",
        ),
        accessToken: crsSeal("ya29.access", "gemini-account-salt"),
        refreshToken: crsSeal("1//refresh", "gemini-account-salt"),
        expiresAt: "2026-09-21T14:13:20.000Z",
        oauthProvider: "gemini-cli",
        projectId: "our-project",
      }),
      account("55555555-0000-4000-8000-000000000002", "Antigravity", {
        geminiOauth: crsSeal(
          '{"access_token":"ya29.anti","refresh_token":"1//anti","expiry_date":1790000000000}',
          "gemini-account-salt",
        ),
        oauthProvider: "antigravity",
        tempProjectId: "ag-0123456789abcdef",
      }),
    ],
    geminiApiAccounts: [
      account("66666666-0000-4000-8000-000000000001", "AI Studio", {
        baseUrl: "https://generativelanguage.googleapis.com",
        apiKey: crsSeal("AIzaSy-key-of-ours", "gemini-api-salt"),
        supportedModels: '["gemini-2.5-pro","gemini-2.5-flash"]',
      }),
    ],
  };
}

function openaiLists() {
  return {
    openaiAccounts: [
      account("77777777-0000-4000-8000-000000000001", "Codex", {
        accessToken: crsSeal("eyJ.access.codex", "openai-account-salt"),
        refreshToken: crsSeal("rt_codex", "openai-account-salt"),
        expiresAt: "2026-12-01T00:00:00.000Z",
        accountId: "acct-0001",
      }),
    ],
    openaiResponsesAccounts: [
      account("88888888-0000-4000-8000-000000000001", "Responses", {
        baseApi: "https://api.openai.com/v1",
        apiKey: crsSeal("sk-proj-key-of-ours", "openai-responses-salt"),
        providerEndpoint: "responses",
        subscriptionExpiresAt: "2027-01-01T00:00:00.000Z",
      }),
    ],
  };
}

function otherLists() {
  return {
    azureOpenaiAccounts: [
      account("99999999-0000-4000-8000-000000000001", "Azure", {
        azureEndpoint: "https://ours.openai.azure.com/",
        apiVersion: "2024-02-01",
        deploymentName: "gpt-4o",
        apiKey: crsSeal("azure-key-of-ours", "azure-openai-account-default-salt"),
      }),
    ],
    droidAccounts: [
      account("aaaaaaaa-0000-4000-8000-000000000001", "Factory", {
        authenticationMethod: "api_key",
        apiKeys: JSON.stringify(
          ["fk-one-of-ours", "fk-two-of-ours"].map((key, i) => ({
            id: `entry-${i}`,
            encryptedKey: crsSeal(key, "droid-account-salt"),
            status: "active",
          })),
        ),
      }),
    ],
    grokAccounts: [account("bbbbbbbb-0000-4000-8000-000000000001", "Some newer kind", {})],
  };
}

function sealedObject(value: object): { encrypted: string; iv: string } {
  const [iv = "", encrypted = ""] = crsSeal(JSON.stringify(value), "salt").split(":");
  return { encrypted, iv };
}
