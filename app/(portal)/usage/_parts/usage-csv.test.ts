import { expect, it } from "vitest";
import type { UsageGroup } from "@/lib/contracts/usage";
import { usageCsv } from "./usage-csv";

const group = (label: string): UsageGroup => ({
  id: "key_1",
  label,
  sums: {
    requests: 3,
    errors: 1,
    inputTokens: 10,
    cacheReadTokens: 20,
    cacheWriteTokens: 0,
    outputTokens: 5,
    chargeMicroUsd: "1234567",
    costMicroUsd: null,
    averageFirstByteMs: null,
    averageDurationMs: null,
  },
});

it("writes exact amounts in USD", () => {
  expect(usageCsv([group("ci")]).split("\r\n")[1]).toBe("key_1,ci,3,1,10,20,0,5,1.234567");
});

it("keeps names harmless: quoted, and never a formula", () => {
  expect(usageCsv([group('a "b", c')])).toContain('"a ""b"", c"');
  expect(usageCsv([group("=HYPERLINK(1)")])).toContain("'=HYPERLINK(1)");
});
