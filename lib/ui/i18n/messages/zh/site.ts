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
};
