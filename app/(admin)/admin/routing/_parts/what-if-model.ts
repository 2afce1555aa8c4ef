import type { RoutingState, WhatIfBody } from "@/lib/contracts/routing";

export const STRATEGIES = ["priority-lru", "weighted", "score"] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const SHARINGS = ["shared", "dedicated", "group"] as const;
export const KINDS = [
  "paused",
  "resumed",
  "priority",
  "weight",
  "maxConcurrency",
  "sharing",
] as const;
export type Kind = (typeof KINDS)[number];

/** One line of the form. */
export interface ChangeLine {
  /** Tells lines apart while they are edited. */
  line: number;
  accountId: string;
  kind: Kind;
  value: string;
}

type AccountChange = NonNullable<WhatIfBody["accounts"]>[number];
type Account = RoutingState["accounts"][number];

const FIELDS: Record<Kind, (value: string) => Omit<AccountChange, "id">> = {
  paused: () => ({ paused: true }),
  resumed: () => ({ paused: false }),
  priority: (value) => ({ priority: Number(value) }),
  weight: (value) => ({ weight: Number(value) }),
  maxConcurrency: (value) => ({ maxConcurrency: value.trim() === "" ? null : Number(value) }),
  sharing: (value) => ({ sharing: SHARINGS.find((one) => one === value) ?? "shared" }),
};

/** Lines of the form as the API takes them: one change for each account, later lines over earlier ones. */
export function accountChanges(lines: readonly ChangeLine[]): AccountChange[] {
  const changes = new Map<string, AccountChange>();
  for (const { accountId, kind, value } of lines) {
    if (accountId === "") continue;
    const before = changes.get(accountId) ?? { id: accountId };
    changes.set(accountId, { ...before, ...FIELDS[kind](value) });
  }
  return [...changes.values()];
}

const STARTS: Record<Kind, (account: Account | undefined) => string> = {
  paused: () => "",
  resumed: () => "",
  priority: (account) => String(account?.priority ?? 50),
  weight: (account) => String(account?.weight ?? 1),
  maxConcurrency: (account) => String(account?.maxConcurrency ?? ""),
  sharing: (account) => account?.sharing ?? "shared",
};

/** What a line begins with: the account's present value. */
export function startOf(kind: Kind, account: Account | undefined): string {
  return STARTS[kind](account);
}
