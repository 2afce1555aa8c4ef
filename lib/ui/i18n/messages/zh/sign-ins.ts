/** 通过在服务商处登录来连接账户。 */
export const signIns = {
  way: "连接方式",
  browser: "登录",
  byHand: "填写令牌",
  browserHelp: "您将在另一个标签页中登录服务商。请只共享您有权共享的账户。",
  addresses: "地址与客户端",
  begin: "前往登录",
  open: "打开登录页面",
  address: "登录地址",
  pasteHelp:
    "在该页面同意授权后，把显示的授权码粘贴到这里；也可以粘贴浏览器最后停留页面的完整地址，即使该页面无法打开。",
  pasted: "授权码或地址",
  pastedMissing: "请粘贴授权码，或浏览器最后停留的地址。",
  finish: "连接账户",
  typeCode: "请在该页面输入此代码",
  waiting: "正在等待您在该页面同意授权，完成后会自动继续。",
  expires: "{minutes} 分钟内有效。",
  connected: "{name} 已连接。",
  again: "重新登录",
  againTitle: "重新登录：{name}",
  againPurpose: "账户的历史、限额和在账户池中的位置都会保留。",
};
