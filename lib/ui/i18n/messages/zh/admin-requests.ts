import type { Translated } from "../../translated";
import type { adminRequests as english } from "../en/admin-requests";

export const adminRequests: Translated<typeof english> = {
  title: "请求",
  purpose: "此门户的每一次请求：由谁发出、由哪个账户应答。",
  user: "用户",
  account: "上游账户",
  cost: "成本",
  accountFilter: "上游账户",
  anyAccount: "全部账户",
  onlyUser: "用户 {name}",
  onlyKey: "密钥 {name}",
  noUser: "未知",
  noAccount: "无",
  empty: {
    title: "还没有请求",
    body: "一旦有人使用密钥，请求就会连同完整的经过出现在这里。",
  },
  choice: "完整的选择过程",
  choicePurpose: "每次尝试时各个账户的情况。",
  chosen: "已选中",
  considered: "参与比较",
  score: "评分",
  scoreUsed: "{priority} · 上次使用 {time}",
  scoreUnused: "{priority} · 从未使用",
  scoreHelp: "从左到右依次比较，较小者优先，首先比较优先级。",
  result: "结果",
};
