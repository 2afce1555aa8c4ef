import type { Translated } from "../../translated";
import type { ui as english } from "../en/ui";

export const ui: Translated<typeof english> = {
  close: "关闭",
  loading: "加载中",
  copy: "复制",
  copied: "已复制",
  copyFailed: "浏览器不允许复制，请选中文字后手动复制。",
  download: "下载",
  why: "原因",
  secret: {
    show: "显示",
    hide: "隐藏",
    once: "仅显示这一次，请立即妥善保存。系统只保留它的指纹。",
  },
  form: {
    problems: "有 {count} 项需要修改",
    clear: "清空",
  },
  table: {
    sortAscending: "按 {column} 升序排列",
    sortDescending: "按 {column} 降序排列",
    sortNone: "取消按 {column} 排序",
    columns: "列",
    selectAll: "选择所有行",
    selectRow: "选择此行",
    selected: "已选择 {count} 行",
    clearSelection: "取消选择",
    more: "加载更多",
    shown: "共 {count} 行",
    openRow: "打开 {name}",
  },
  filters: {
    reset: "重置筛选",
    label: "筛选",
  },
  chart: {
    showTable: "以表格显示",
    showChart: "以图表显示",
    time: "时间",
    others: "其他",
    total: "合计",
    empty: "此时间段内没有数据。",
    resetZoom: "完整范围",
    summary: "{title}，{from} 至 {to}，合计 {total}。",
  },
  stat: {
    up: "比上一周期多 {change}",
    down: "比上一周期少 {change}",
    same: "与上一周期持平",
    new: "上一周期没有数据",
    trend: "趋势",
  },
  meter: {
    used: "已用 {used}，限额 {limit}",
    resets: "{time}后重置",
    near: "接近限额",
    reached: "已达限额",
  },
  ago: {
    now: "刚刚",
  },
  error: {
    title: "这部分内容无法加载",
    body: "服务返回了错误，没有任何内容被更改。",
    retry: "重试",
    reference: "编号：{id}",
  },
  denied: {
    title: "您没有访问权限",
    body: "您的账号无法查看此页面，可联系管理员开通。",
    home: "前往概览",
  },
  timeline: {
    at: "{time}后",
  },
  tones: {
    good: "正常",
    warn: "警告",
    bad: "异常",
    info: "提示",
    idle: "未启用",
  },
};
