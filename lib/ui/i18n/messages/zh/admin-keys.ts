import type { Translated } from "../../translated";
import type { adminKeys as english } from "../en/admin-keys";

export const adminKeys: Translated<typeof english> = {
  title: "API 密钥",
  purpose: "所有人的密钥、花费以及所有者。",
  search: "搜索名称、开头或所有者",
  create: "创建密钥",
  createTitle: "创建密钥",
  createPurpose: "可为任何用户创建，除所有者外以后都可以修改。",
  owner: "所有者",
  ownerHelp: "承担密钥费用、并可查看其请求的用户。",
  findOwner: "按姓名或邮箱查找用户",
  pickOwner: "选择用户",
  noOwner: "请选择密钥的所有者。",
  noUsers: "没有符合条件的用户。",
  onlyOwner: "仅一位用户",
  requests: "请求",
  openRequests: "此密钥的请求",
  form: {
    legend: "由管理员设定",
    binding: "应答账户",
    bindingHelp: "绑定账户或分组后，密钥只使用所绑定的账户。",
    groupOf: "分组，{count, number} 个账户",
    sharedPool: "共享账户池",
    fallback: "也可使用共享账户池",
    fallbackHelp: "当绑定的账户无法应答时。",
    ownerMayEdit: "所有者可以修改此密钥",
  },
  empty: {
    title: "还没有密钥",
    body: "成员会自行创建密钥，您也可以在这里为他人创建。",
    noneTitle: "没有符合条件的密钥",
    noneBody: "请调整搜索内容。",
  },
};
