import type { Translated } from "../../translated";
import type { site as english } from "../en/site";

export const site: Translated<typeof english> = {
  nav: {
    home: "首页",
    models: "模型",
    docs: "文档",
    status: "状态",
    label: "站点导航",
  },
  footer: "一个接入地址，一个密钥，使用所有模型。",
  title: "一个接入地址，一个密钥，使用所有模型",
  lead: "此门户位于您的工具与上游账户之间。您继续使用习惯的工具，由门户选择账户、遵守您设定的限额，并记录每次请求的用量和花费。",
  signUp: "创建账号",
  signIn: "登录",
  open: "进入门户",
  stepsTitle: "三步开始使用",
  steps: {
    key: {
      title: "创建密钥",
      body: "为一个人、一个程序或一台机器创建，可按需设定预算、速率和有效期。",
    },
    connect: {
      title: "设置接入地址",
      body: "只需两个变量或一个接入地址。接入页面为 Claude Code、gemini-cli、Codex、opencode 和官方库提供完整的命令。",
    },
    look: {
      title: "查看使用情况",
      body: "Token、花费，以及每次请求的经过；被拒绝的请求也会说明原因。",
    },
  },
  addresses: "接入地址",
  addressesPurpose: "填写到工具的 Base URL 中。",
  anthropic: "Anthropic Messages",
  gemini: "Gemini 与 Code Assist",
  openai: "OpenAI Chat 与 Responses",
  status: {
    title: "状态",
    asking: "正在查询……",
    ready: "正常服务",
    notReady: "暂时无法服务",
    unreachable: "无法从此处连接",
    checked: "每 15 秒查询一次",
  },
};
