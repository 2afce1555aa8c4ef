import type { Translated } from "../../translated";
import type { errors as english } from "../en/errors";

export const errors: Translated<typeof english> = {
  notFound: {
    title: "找不到这个页面",
    body: "地址可能有误，或者对应的内容已不存在。",
    home: "返回首页",
  },
  crash: {
    title: "页面出现了问题",
    body: "发生了意外错误。您的数据没有受到影响，重新加载通常即可恢复。",
    retry: "重新加载",
    reference: "编号：{id}",
  },
};
