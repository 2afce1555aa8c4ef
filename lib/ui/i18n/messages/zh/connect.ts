import type { Translated } from "../../translated";
import type { connect as english } from "../en/connect";

export const connect: Translated<typeof english> = {
  title: "接入",
  purpose: "让客户端使用此门户。下面的命令已填好您的接入地址和密钥。",
  chooseClient: "客户端",
  clients: {
    "claude-code": {
      name: "Claude Code",
      about: "Anthropic 的终端助手，支持 macOS、Linux 和 Windows",
    },
    "vs-code": { name: "VS Code 中的 Claude Code", about: "适用于 VS Code、Cursor 等编辑器的扩展" },
    "gemini-cli": { name: "gemini-cli", about: "Google 的终端助手，使用密钥" },
    ccr: { name: "claude-code-router", about: "在 Claude Code 中使用 Gemini 模型" },
    curl: { name: "curl", about: "发送一次请求，确认能否使用" },
    python: { name: "Python", about: "Anthropic 和 Google 的官方库" },
    typescript: { name: "TypeScript", about: "Anthropic 和 Google 的官方库" },
  },
  chooseKey: "密钥",
  keyHelp: "门户只保留密钥的指纹。请把命令中的 {start} 换成完整的密钥，或创建一个新密钥。",
  keyFilled: "复制按钮会填入完整的新密钥。离开此页面后将无法再次获取。",
  noKey: "您还没有可用的密钥。创建后，命令会自动填好。",
  steps: {
    install: "安装",
    run: "设置接入地址并启动",
    keep: "让以后打开的终端也生效",
    editorSettings: "写入编辑器的设置（settings.json）",
    settingsFile: "或者写入 ~/.claude/settings.json，编辑器和终端同时生效",
    ccrConfig: "写入 ~/.claude-code-router/config.json",
    ccrStart: "每次修改后重新启动",
    ccrClient: "让 Claude Code 连接到路由器",
    anthropic: "Anthropic Messages",
    gemini: "Gemini",
    installSdk: "安装官方库",
  },
  ccrNote:
    "APIKEY 是您自定的密码，用于 Claude Code 与路由器之间。管理员也可以把路由器添加为此门户的上游账户，这样大家直接使用 Claude Code 的命令即可，两段请求只计费一次。",
  models: "模型名称仅为示例，由管理员决定哪个账户应答哪个名称。",
  live: {
    title: "首次请求",
    noKey: "请先选择或创建密钥。",
    waiting: "正在等待 {key} 的首次请求……",
    waitingMore: "请运行上面的命令，请求到达后这里会立即更新。",
    seen: "接入成功：{model} 已应答，状态码 {status}。",
    seenFrom: "来自 {client}。",
    refused: "收到对 {model} 的请求，但被拒绝，状态码 {status}。",
    story: "查看请求",
    lost: "暂时无法查询，正在继续尝试。",
  },
};
