import type { Translated } from "../../translated";
import type { adminAudit as english } from "../en/admin-audit";

export const adminAudit: Translated<typeof english> = {
  title: "审计",
  purpose: "谁在何时修改了什么。记录不会被修改或删除。",
  kindFilter: "对象",
  anyKind: "全部对象",
  kinds: {
    account: "上游账户",
    "allowed-host": "内网地址",
    key: "API 密钥",
    settings: "设置",
    token: "链接",
    user: "用户",
    session: "会话",
    invitation: "邀请",
    group: "分组",
    "notification-channel": "通知渠道",
    import: "导入",
    pool: "账户池",
    other: "其他",
  },
  columns: { when: "时间", actor: "操作者", action: "修改", object: "对象", ip: "IP 地址" },
  actors: { cli: "命令行", system: "门户", user: "已删除的用户" },
  fields: "{count, plural, =0 {没有字段} other {# 个字段}}",
  sheet: {
    purpose: "{actor}，{when}",
    field: "字段",
    before: "修改前",
    after: "修改后",
    nothing: "此修改不含字段。",
    objectId: "对象编号",
    ip: "IP 地址",
    onlyObject: "此对象的全部修改",
  },
  onlyObject: "对象 {id}",
  empty: {
    title: "还没有修改记录",
    body: "个人、命令行或门户自身的每一次修改都会出现在这里。",
    noneTitle: "没有符合条件的记录",
    noneBody: "请去掉某个筛选条件。",
  },
};
