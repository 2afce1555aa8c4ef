import { expect, it } from "vitest";
import type { AccountState, PoolAccount } from "../model";
import { sampleAccount, sampleKey, sampleLoad } from "../testing/samples";
import { chooseAccount } from "./choose-account";
import type { ChoiceFacts } from "./facts";

const NOW = 1_000_000;

const rested = (lastUsedAtMs: number, state: Partial<AccountState>): PoolAccount => {
  const account = sampleAccount("acc_rested", {
    priority: 1,
    load: sampleLoad({ inFlight: 0, lastUsedAtMs }),
  });
  return { ...account, state: { ...account.state, ...state } };
};
const LIMITED = { coolingUntilMs: NOW - 100, coolingReason: "limited" };
const FAMILY = { limitedFamilies: { opus: NOW - 100 } };

function chosen(first: PoolAccount, others: readonly PoolAccount[] = [sampleAccount("acc_other")]) {
  const facts: ChoiceFacts = {
    protocol: "anthropic",
    model: "claude-opus-5-5",
    key: sampleKey(),
    stickyAccountId: first.id,
    spokenBy: () => "anthropic",
  };
  const settings = { strategy: "priority-lru" } as const;
  return chooseAccount([first, ...others], facts, new Set(), settings, NOW, "seed").account?.id;
}

it.each([
  ["the account", LIMITED],
  ["a model family", FAMILY],
])("sends one request to find out whether the rest of %s is over, and no second", (_, state) => {
  expect(chosen(rested(NOW - 200, state))).toBe("acc_rested");
  expect(chosen(rested(NOW - 50, state))).toBe("acc_other");
});

it("asks again when nothing was heard, trusts an account that served, and never closes a pool", () => {
  expect(chosen(rested(NOW - 5_000, { ...LIMITED, coolingUntilMs: NOW - 9_000 }))).toBe(
    "acc_rested",
  );
  expect(chosen(rested(NOW - 50, { coolingUntilMs: null, coolingReason: null }))).toBe(
    "acc_rested",
  );
  expect(chosen(rested(NOW - 50, LIMITED), [])).toBe("acc_rested");
});
