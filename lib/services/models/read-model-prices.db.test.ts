import { afterAll, beforeAll, expect, it } from "vitest";
import { activateBook } from "../../db/prices";
import { type PortalWorld, portalWorld, refusalOf } from "../../testing/factories/portal-world";
import { TEST_PRICE } from "../../testing/factories/usage-rows";
import { readModelPrices } from "./read-model-prices";

let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld();
});
afterAll(() => world.close());

it("shows each model with its prices and all use under any of its names", async () => {
  const admin = await world.admin();
  const entries = [
    { model: "calm", aliases: [], price: TEST_PRICE },
    { model: "sonnet", aliases: [{ starts_with: "sonnet-" }], price: TEST_PRICE },
    { model: "broken", aliases: [], price: { input: "much" } },
  ];
  await world.db.$transaction((tx) =>
    activateBook(tx, { source: "test", note: "", digest: "d1", entries }, new Date()),
  );
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const used = { hour, userId: "usr_a", keyId: "key_a", accountId: "acc_a", face: "anthropic" };
  await world.db.usageHour.createMany({
    data: [
      { ...used, model: "sonnet", outcome: "complete", requests: 2n, chargeMicroUsd: 5n },
      { ...used, model: "sonnet-2026", outcome: "complete", requests: 1n, chargeMicroUsd: 7n },
      { ...used, model: "unheard-of", outcome: "complete", requests: 9n },
    ],
  });

  const { book, models } = await readModelPrices(admin.ctx);

  expect(book?.source).toBe("test");
  expect(
    models.map(({ model, requests, chargeMicroUsd }) => [model, requests, chargeMicroUsd]),
  ).toEqual([
    ["sonnet", 3, "12"],
    ["calm", 0, "0"],
  ]);
  expect(models[0]).toMatchObject({ input: "3000000", output: "15000000" });
});

it("is for admins alone", async () => {
  const member = await world.member();
  expect(await refusalOf(readModelPrices(member.ctx))).toBe("forbidden");
});
