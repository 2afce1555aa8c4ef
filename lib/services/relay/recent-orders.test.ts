import { expect, it } from "vitest";
import type { SettleOrder } from "../../redis/settle-script";
import { recentOrders } from "./recent-orders";

const order = (requestId: string, text = "näher 数え"): SettleOrder => ({
  requestId,
  intents: "rp:{s1}:intents",
  call: `[["a"],["${requestId}"]]`,
  json: JSON.stringify({ requestId, text: `${text}\n` }),
  releases: [{ leases: "rp:{acc}:lease", hops: null, hopIndex: null, fingerprint: "f" }],
});

it("gives back what it was given, each shard its own, oldest first", () => {
  const recent = recentOrders(() => 1_000);
  recent.add(order("req_1"), "s1");
  recent.add(order("req_2"), "s2");
  recent.add(order("req_3"), "s1");
  expect(recent.of("s1")).toEqual([order("req_1"), order("req_3")]);
  expect(recent.of("s2")).toEqual([order("req_2")]);
  expect(recent.of("s3")).toEqual([]);
  expect([...recent.tags()].sort()).toEqual(["s1", "s2"]);
});

it("keeps orders for 15 seconds and lets them go afterwards", () => {
  let nowMs = 0;
  const recent = recentOrders(() => nowMs);
  recent.add(order("req_1"), "s1");
  nowMs = 15_000;
  expect(recent.of("s1")).toHaveLength(1);
  nowMs = 15_001;
  expect([recent.of("s1"), recent.tags().size]).toEqual([[], 0]);
});

it("holds thousands, one larger than a block as well, and no more than 16 blocks", () => {
  const recent = recentOrders(() => 0);
  const large = order("req_large", "x".repeat(2_000_000));
  recent.add(large, "s1");
  for (let i = 0; i < 5_000; i++) recent.add(order(`req_${i}`, "y".repeat(800)), "s1");
  const kept = recent.of("s1");
  expect([kept.length, kept[0], kept.at(-1)?.requestId]).toEqual([5_001, large, "req_4999"]);
  for (let i = 0; i < 20_000; i++) recent.add(order(`req_${i}`, "y".repeat(800)), "s1");
  const rest = recent.of("s1");
  expect(rest.length).toBeLessThan(20_000);
  expect(rest.at(-1)?.requestId).toBe("req_19999");
});
