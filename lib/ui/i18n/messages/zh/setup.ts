import type { Translated } from "../../translated";
import type { setup as english } from "../en/setup";

export const setup: Translated<typeof english> = {
  title: "初始化门户",
  purpose: "您将成为第一位管理员。此链接只能使用一次。",
  submit: "创建管理员",
  next: "接下来添加一个上游账户，并创建您的第一个密钥。",
  badTitle: "初始化链接无效",
  badBody: "链接已被使用或已过期。如果门户还没有管理员，请重新启动，终端会显示新的链接。",
  signIn: "前往登录",
};
