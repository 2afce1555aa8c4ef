/** Fields of the sign-in that Anthropic's two kinds share. */
const CLAUDE = {
  baseUrl: { label: "API address", help: "Where /v1/messages is added." },
  authorizeUrl: { label: "Sign-in page", help: "Where the owner of the account agrees." },
  tokenUrl: { label: "Token address", help: "Where codes and refresh tokens are exchanged." },
  redirectUrl: { label: "Call-back address", help: "As the client is registered." },
  clientId: { label: "Client id", help: "As the client is registered." },
};

/** Fields of accounts that sign in with Google and are served by Code Assist. */
const GOOGLE = {
  project: {
    label: "Google Cloud project",
    help: "Told at sign-in; Workspace accounts have to enter theirs.",
  },
  baseUrl: { label: "Code Assist address", help: "Where /v1internal is added." },
  authorizeUrl: CLAUDE.authorizeUrl,
  tokenUrl: CLAUDE.tokenUrl,
  userinfoUrl: { label: "User address", help: "Tells whose account it is." },
  redirectUri: CLAUDE.redirectUrl,
  clientId: CLAUDE.clientId,
  clientSecret: {
    label: "Client secret",
    help: "As the client is registered. Installed programs carry theirs openly.",
  },
  refreshToken: {
    label: "Refresh token",
    help: "Of a sign-in that the same client made elsewhere.",
  },
  accessToken: {
    label: "Access token",
    help: "Renewed by the portal where there is a refresh token.",
  },
};

/** Fields of accounts on Vertex AI. */
const VERTEX = {
  project: { label: "Google Cloud project", help: "Empty: the service account's own." },
  location: { label: "Location", help: "global, or a region such as us-east5." },
  baseUrl: { label: "Endpoint", help: "Empty: Google's own for the location." },
  tokenUrl: {
    label: "Token address",
    help: "Where the service account's assertions are exchanged.",
  },
  serviceAccount: {
    label: "Service account key",
    help: "The whole JSON file that Google Cloud gives out.",
  },
};

/** Label and help of the fields that a kind of account asks for. */
export const providerFields = {
  "claude-console": {
    baseUrl: {
      label: "API address",
      help: "Where /v1/messages is added, unless the address ends in it already.",
    },
    apiKey: {
      label: "API key",
      help: "Keys that begin with sk-ant- are sent as x-api-key, any other as a bearer token.",
    },
  },
  "gemini-api-key": {
    baseUrl: {
      label: "Base address",
      help: "A host, an address that ends in /models, or a template that names model and action in braces.",
    },
    apiKey: { label: "API key", help: "Sent as x-goog-api-key, never in the address." },
  },
  "gemini-oauth": GOOGLE,
  antigravity: GOOGLE,
  "openai-responses": {
    baseUrl: {
      label: "Base address",
      help: "A host, an address that ends in a version such as /v1, or the whole one to /responses.",
    },
    apiKey: { label: "API key", help: "Sent as a bearer token." },
  },
  "openai-compatible": {
    baseUrl: {
      label: "Base address",
      help: "A host, an address that ends in a version such as /v1, or the whole one to /chat/completions.",
    },
    apiKey: { label: "API key", help: "Sent as a bearer token." },
  },
  "azure-openai": {
    baseUrl: { label: "Endpoint", help: "As the resource shows it: https://….openai.azure.com." },
    deployment: {
      label: "Deployment",
      help: "Serves every conversation. Empty: deployments are called as the models that they serve.",
    },
    apiVersion: {
      label: "API version",
      help: "v1 needs no date; older resources take one such as 2024-10-21.",
    },
    apiKey: { label: "API key", help: "Sent as api-key." },
  },
  bedrock: {
    region: { label: "Region", help: "Where the models are called, such as us-east-1." },
    baseUrl: { label: "Endpoint", help: "Empty: the runtime of the region." },
    apiKey: { label: "Bedrock API key", help: "Instead of an access key." },
    accessKeyId: {
      label: "Access key id",
      help: "Of a user who may call bedrock:InvokeModel.",
    },
    secretAccessKey: { label: "Secret access key", help: "Signs every request; never sent." },
    sessionToken: { label: "Session token", help: "Of temporary credentials only." },
  },
  vertex: VERTEX,
  "vertex-claude": VERTEX,
  "claude-oauth": {
    ...CLAUDE,
    refreshToken: { label: "Refresh token", help: "Begins with sk-ant-ort01-." },
    accessToken: {
      label: "Access token",
      help: "Begins with sk-ant-oat01-. Renewed by the portal where there is a refresh token.",
    },
  },
  "claude-setup-token": {
    ...CLAUDE,
    accessToken: {
      label: "Setup token",
      help: "What `claude setup-token` prints: sk-ant-oat01-…",
    },
  },
  "openai-oauth": {
    chatgptAccountId: {
      label: "ChatGPT account id",
      help: "Told at sign-in; needed beside typed tokens.",
    },
    baseUrl: { label: "Backend address", help: "Where /codex/responses is added." },
    authorizeUrl: CLAUDE.authorizeUrl,
    tokenUrl: CLAUDE.tokenUrl,
    redirectUrl: CLAUDE.redirectUrl,
    clientId: CLAUDE.clientId,
    refreshToken: { label: "Refresh token", help: "tokens.refresh_token of Codex' auth.json." },
    accessToken: {
      label: "Access token",
      help: "Renewed by the portal where there is a refresh token.",
    },
  },
  droid: {
    baseUrl: {
      label: "API address",
      help: "Where /a/v1/messages, /o/v1/responses and /o/v1/chat/completions are added.",
    },
    deviceUrl: { label: "Device address", help: "Where a device sign-in begins." },
    tokenUrl: {
      label: "Token address",
      help: "Where device codes and refresh tokens are exchanged.",
    },
    clientId: CLAUDE.clientId,
    apiKey: { label: "Factory API key", help: "Begins with fk-. Instead of a sign-in." },
    refreshToken: { label: "Refresh token", help: "Of a sign-in made elsewhere." },
  },
};
