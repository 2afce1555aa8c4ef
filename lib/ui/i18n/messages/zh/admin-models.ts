import type { Translated } from "../../translated";
import type { adminModels as english } from "../en/admin-models";

export const adminModels: Translated<typeof english> = {
  title: "模型与价格",
  purpose: "各模型的标价，以及尚无价格的模型。",
  book: "价目表来源：{source}，自 {date} 起生效，单位为美元 / 百万 Token。",
  noBook: "尚无生效的价目表。后台进程会在启动后一分钟内载入自带的价目表。",
  search: "搜索模型",
  shipped: "门户自带",
  columns: {
    model: "模型",
    input: "输入",
    cacheRead: "缓存读取",
    cacheWrite: "缓存写入",
    cacheWrite1h: "缓存写入（1 小时）",
    output: "输出",
    tiers: "长输入",
    requests: "30 天请求",
    charge: "30 天扣费",
  },
  tier: "{tokens} Token 起：{input} / {output}",
  unratedTitle: "没有价格的模型",
  unratedPurpose: "最近 7 天应答过，但未扣费，Token 数已保留。",
  unratedNote: "{requests} 次请求",
  empty: { noneTitle: "没有符合条件的模型", noneBody: "请调整搜索内容。" },
};
