import type { Translated } from "../../translated";
import type { overview as english } from "../en/overview";

export const overview: Translated<typeof english> = {
  title: "概览",
  purpose: "您的密钥用了多少、花了多少，以及哪些地方需要留意。",
  connect: "接入客户端",
  today: "今天",
  week: "最近 7 天",
  month: "最近 30 天",
  note: "{tokens} Token · {requests} 次请求",
  errors: "{count, plural, =0 {没有错误} other {# 次错误}}",
  chartTitle: "各模型花费",
  chartPurpose: "每天的美元花费，最近 30 天",
  budget: "预算",
  budgetPurpose: "您所有密钥合计的限额",
  noBudget: "没有为您设置金额限额。单个密钥的限额请见密钥页面。",
  forecast: "按本周的速度，本月将花费 {amount}。",
  topModels: "常用模型",
  topPurpose: "最近 30 天，按扣费排列",
  modelNote: "{requests} 次请求",
  noModels: "最近 30 天没有使用任何模型。",
  recent: "最近的请求",
  allRequests: "全部请求",
  empty: {
    title: "还没有任何请求",
    body: "请先接入客户端：页面会给出完整的命令，首次请求到达后会变为绿色。",
    more: "您还没有密钥，也可以在接入页面创建。",
  },
};
