import { expect, it } from "vitest";
import { CrsKey, keyFieldsOfCrs } from "./crs-key";

const NOW = new Date("2026-11-24T00:00:00Z");
const mapped = (fields: object) => keyFieldsOfCrs(CrsKey.parse({ id: "k1", ...fields }), NOW);

it("carries limits over in the portal's units, and zero as no limit", () => {
  expect(
    mapped({
      name: "Team",
      dailyCostLimit: "12.5",
      totalCostLimit: "0",
      concurrencyLimit: "3",
      rateLimitWindow: "60",
      rateLimitRequests: "100",
    }),
  ).toMatchObject({
    name: "Team",
    dailyLimitMicroUsd: 12_500_000n,
    totalLimitMicroUsd: null,
    concurrencyLimit: 3,
    rateWindowSeconds: 3_600,
    rateWindowRequests: 100,
  });
});

it("reads permissions in each of their stored forms", () => {
  const faces = (permissions: unknown) => mapped({ permissions }).faces;
  expect(faces("all")).toEqual([]);
  expect(faces("claude")).toEqual(["anthropic"]);
  expect(faces('["claude","gemini"]')).toEqual(["anthropic", "gemini", "code-assist"]);
  expect(faces("claude,openai")).toEqual(["anthropic", "openai-chat", "openai-responses"]);
});

it("keeps the length of life of a key that was never used, and the end of any other", () => {
  const unused = { expirationMode: "activation", activationDays: "12", activationUnit: "hours" };
  expect(mapped(unused)).toMatchObject({ expiresAt: null, lifetimeSeconds: 43_200 });
  const expiresAt = "2027-01-01T00:00:00.000Z";
  expect(mapped({ ...unused, isActivated: "true", expiresAt })).toMatchObject({
    expiresAt: new Date(expiresAt),
    lifetimeSeconds: null,
  });
});

it("turns restricted models into a deny rule only where the restriction is on", () => {
  const restrictedModels = '["claude-opus-4"]';
  expect(mapped({ restrictedModels }).modelRule).toBeNull();
  expect(mapped({ restrictedModels, enableModelRestriction: "true" }).modelRule).toEqual({
    mode: "deny",
    patterns: ["claude-opus-4"],
  });
});

it("pauses a key that was switched off", () => {
  expect(mapped({ isActive: "false" }).pausedAt).toEqual(NOW);
  expect(mapped({ isActive: "true" }).pausedAt).toBeNull();
});

it("never opens more than before: services without a face here leave the key paused", () => {
  for (const permissions of ['["droid"]', "droid", '["cla']) {
    expect(mapped({ permissions, isActive: "true" }).pausedAt, permissions).toEqual(NOW);
  }
});
