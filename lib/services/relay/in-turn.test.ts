import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { inTurn } from "./in-turn";

it("lets the later reading have the last word, however long the earlier one takes", async () => {
  let known = "";
  const read = inTurn(async (value: string, ms: number) => {
    await sleep(ms);
    known = value;
  });
  await Promise.all([read("old", 30), read("new", 1)]);
  expect(known).toBe("new");
});

it("goes on after a failure, which only its asker hears of", async () => {
  const read = inTurn(async (fails: boolean) => {
    if (fails) throw new Error("away");
    return "read";
  });
  const failing = read(true);
  const next = read(false);
  await expect(failing).rejects.toThrow("away");
  expect(await next).toBe("read");
});
