import type { NotifiedEvent } from "../../contracts/notifications";

/** What happened to an account, as it is told. */
export interface Told {
  account: string;
  kind: NotifiedEvent;
  /** What the upstream or the network said. */
  evidence: string;
  untilMs: number | null;
}

interface Words {
  title: Readonly<Record<NotifiedEvent, (account: string) => string>>;
  until: (moment: string) => string;
  test: { title: string; text: string };
}

const WORDS: Readonly<Record<"en" | "zh", Words>> = {
  en: {
    title: {
      stopped: (account) => `${account} has stopped and needs you`,
      limited: (account) => `${account} has reached a limit`,
      cooling: (account) => `${account} rests after failures`,
      "renewal-failed": (account) => `The token of ${account} could not be renewed`,
      recovered: (account) => `${account} serves again`,
    },
    until: (moment) => `Until ${moment}.`,
    test: { title: "A test message", text: "This channel can be reached." },
  },
  zh: {
    title: {
      stopped: (account) => `账户 ${account} 已停用，需要处理`,
      limited: (account) => `账户 ${account} 已达到限额`,
      cooling: (account) => `账户 ${account} 出错后冷却中`,
      "renewal-failed": (account) => `账户 ${account} 的令牌刷新失败`,
      recovered: (account) => `账户 ${account} 已恢复`,
    },
    until: (moment) => `持续到 ${moment}。`,
    test: { title: "测试消息", text: "该渠道可以正常接收通知。" },
  },
};

/** Headline and sentences in a channel's language; moments in UTC. */
export function messageWords(locale: "en" | "zh", { account, kind, evidence, untilMs }: Told) {
  const words = WORDS[locale];
  const until = untilMs === null ? "" : words.until(utc(untilMs));
  return {
    title: words.title[kind](account),
    text: [evidence, until].filter((one) => one !== "").join(" "),
  };
}

export function testWords(locale: "en" | "zh") {
  return WORDS[locale].test;
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
