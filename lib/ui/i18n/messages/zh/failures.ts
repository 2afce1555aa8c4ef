import type { Translated } from "../../translated";
import type { failures as english } from "../en/failures";

export const failures: Translated<typeof english> = {
  invalid_request: "表单中有内容不正确，请检查标出的项目。",
  unauthenticated: "您已退出登录，请重新登录后再试。",
  forbidden: "您的账号无权执行此操作。",
  not_found: "该内容已不存在。",
  conflict: "内容已被他人修改，请刷新页面后重试。",
  limit_reached: "尝试次数过多，请稍后再试。",
  retryIn: "尝试次数过多，请在 {time}后重试。",
  network: "无法连接到服务，请检查网络后重试。",
  internal: "服务出现意外错误，没有任何内容被更改，请重试。",
};
