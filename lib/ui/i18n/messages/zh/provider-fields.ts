/** Anthropic 两种账户共用的登录字段。 */
const CLAUDE = {
  baseUrl: { label: "API 地址", help: "会在其后加上 /v1/messages。" },
  authorizeUrl: { label: "登录页面", help: "账户所有者在此同意授权。" },
  tokenUrl: { label: "令牌地址", help: "在此兑换授权码和刷新令牌。" },
  redirectUrl: { label: "回调地址", help: "与客户端的登记一致。" },
  clientId: { label: "客户端 ID", help: "与客户端的登记一致。" },
};

/** 使用 Google 登录、由 Code Assist 提供服务的账户字段。 */
const GOOGLE = {
  project: {
    label: "Google Cloud 项目",
    help: "登录时自动获得；Workspace 账户需自行填写。",
  },
  baseUrl: { label: "Code Assist 地址", help: "会在其后加上 /v1internal。" },
  authorizeUrl: CLAUDE.authorizeUrl,
  tokenUrl: CLAUDE.tokenUrl,
  userinfoUrl: { label: "用户信息地址", help: "用于查询账户的所有者。" },
  redirectUri: CLAUDE.redirectUrl,
  clientId: CLAUDE.clientId,
  clientSecret: {
    label: "客户端密钥",
    help: "与客户端的登记一致。桌面程序的这一密钥本就是公开的。",
  },
  refreshToken: { label: "刷新令牌", help: "来自同一客户端在别处完成的登录。" },
  accessToken: { label: "访问令牌", help: "有刷新令牌时由门户自动更新。" },
};

/** Vertex AI 账户的字段。 */
const VERTEX = {
  project: { label: "Google Cloud 项目", help: "留空则使用服务账号所属的项目。" },
  location: { label: "位置", help: "global，或 us-east5 这样的区域。" },
  baseUrl: { label: "端点", help: "留空则使用该位置的 Google 官方地址。" },
  tokenUrl: { label: "令牌地址", help: "在此用服务账号的签名换取访问令牌。" },
  serviceAccount: { label: "服务账号密钥", help: "Google Cloud 提供的完整 JSON 文件。" },
};

/** 各账户类型表单字段的名称与说明。 */
export const providerFields = {
  "claude-console": {
    baseUrl: {
      label: "API 地址",
      help: "会在其后加上 /v1/messages，除非地址本身以它结尾。",
    },
    apiKey: {
      label: "API 密钥",
      help: "以 sk-ant- 开头的密钥通过 x-api-key 发送，其他的作为 Bearer 令牌发送。",
    },
  },
  "gemini-api-key": {
    baseUrl: {
      label: "基础地址",
      help: "主机地址、以 /models 结尾的地址，或用花括号标出 model 和 action 的模板。",
    },
    apiKey: { label: "API 密钥", help: "通过 x-goog-api-key 发送，不会出现在地址中。" },
  },
  "gemini-oauth": GOOGLE,
  antigravity: GOOGLE,
  "openai-responses": {
    baseUrl: {
      label: "基础地址",
      help: "主机地址、以 /v1 等版本号结尾的地址，或以 /responses 结尾的完整地址。",
    },
    apiKey: { label: "API 密钥", help: "作为 Bearer 令牌发送。" },
  },
  "openai-compatible": {
    baseUrl: {
      label: "基础地址",
      help: "主机地址、以 /v1 等版本号结尾的地址，或以 /chat/completions 结尾的完整地址。",
    },
    apiKey: { label: "API 密钥", help: "作为 Bearer 令牌发送。" },
  },
  "azure-openai": {
    baseUrl: { label: "端点", help: "资源页面上显示的地址：https://….openai.azure.com。" },
    deployment: {
      label: "部署",
      help: "用于所有对话。留空则认为部署与其模型同名。",
    },
    apiVersion: {
      label: "API 版本",
      help: "v1 无需日期；较旧的资源需填写 2024-10-21 这样的日期。",
    },
    apiKey: { label: "API 密钥", help: "通过 api-key 发送。" },
  },
  bedrock: {
    region: { label: "区域", help: "调用模型的区域，例如 us-east-1。" },
    baseUrl: { label: "端点", help: "留空则使用该区域的官方地址。" },
    apiKey: { label: "Bedrock API 密钥", help: "可代替访问密钥。" },
    accessKeyId: { label: "访问密钥 ID", help: "所属用户需有 bedrock:InvokeModel 权限。" },
    secretAccessKey: { label: "秘密访问密钥", help: "用于给每个请求签名，从不发送。" },
    sessionToken: { label: "会话令牌", help: "仅用于临时凭证。" },
  },
  vertex: VERTEX,
  "vertex-claude": VERTEX,
  "claude-oauth": {
    ...CLAUDE,
    refreshToken: { label: "刷新令牌", help: "以 sk-ant-ort01- 开头。" },
    accessToken: {
      label: "访问令牌",
      help: "以 sk-ant-oat01- 开头。有刷新令牌时由门户自动更新。",
    },
  },
  "claude-setup-token": {
    ...CLAUDE,
    accessToken: { label: "Setup 令牌", help: "即 `claude setup-token` 输出的 sk-ant-oat01-…" },
  },
  "openai-oauth": {
    chatgptAccountId: { label: "ChatGPT 账户 ID", help: "登录时自动获得；手动填写令牌时需要。" },
    baseUrl: { label: "后端地址", help: "会在其后加上 /codex/responses。" },
    authorizeUrl: CLAUDE.authorizeUrl,
    tokenUrl: CLAUDE.tokenUrl,
    redirectUrl: CLAUDE.redirectUrl,
    clientId: CLAUDE.clientId,
    refreshToken: { label: "刷新令牌", help: "Codex 的 auth.json 中的 tokens.refresh_token。" },
    accessToken: { label: "访问令牌", help: "有刷新令牌时由门户自动更新。" },
  },
  droid: {
    baseUrl: {
      label: "API 地址",
      help: "会在其后加上 /a/v1/messages、/o/v1/responses 或 /o/v1/chat/completions。",
    },
    deviceUrl: { label: "设备登录地址", help: "在此开始设备登录。" },
    tokenUrl: { label: "令牌地址", help: "在此兑换设备码和刷新令牌。" },
    clientId: CLAUDE.clientId,
    apiKey: { label: "Factory API 密钥", help: "以 fk- 开头，可代替登录。" },
    refreshToken: { label: "刷新令牌", help: "来自别处完成的登录。" },
  },
};
