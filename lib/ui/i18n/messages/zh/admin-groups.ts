import type { Translated } from "../../translated";
import type { adminGroups as english } from "../en/admin-groups";

export const adminGroups: Translated<typeof english> = {
  title: "分组",
  purpose: "将多个账户编为一组，供密钥绑定。一个账户可以属于多个分组。",
  add: "新建分组",
  name: "名称",
  note: "备注",
  members: "账户",
  noMembers: "还没有账户",
  addMember: "添加账户",
  pickAccount: "选择账户",
  weightHelp:
    "数字为权重：采用“加权”策略时该账户在组内的请求占比。0 表示只在其他账户都不可用时使用。",
  weightOf: "{name} 的权重",
  takeOut: "移出 {name}",
  more: "另有 {count, number} 个",
  sheetPurpose: "绑定到分组的密钥只使用组内账户。",
  saved: "已保存 {name}。",
  removed: "已删除 {name}。",
  inUse: "有 {count, number} 个密钥绑定到此分组，请先改绑。",
  wrong: { name: "请填写名称。", taken: "已有同名分组。" },
  remove: { verb: "删除", title: "删除 {name}？", body: "组内账户会保留。" },
  columns: { name: "名称", members: "账户", keys: "密钥" },
  empty: {
    title: "还没有分组",
    body: "用分组为团队提供专用账户：将团队的密钥绑定到分组即可。",
  },
};
