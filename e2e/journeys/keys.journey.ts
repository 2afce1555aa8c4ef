import { expect } from "playwright/test";
import { askGemini } from "../support/ask";
import { signIn, test } from "./support/journey";
import { chooseDeed, fillKeyForm, readSecret } from "./support/key-pages";

/** A change of a key must reach every process within this time. */
const REACHES_MS = 10_000;

test("a paused key is refused until it is resumed; a rolled one overlaps", async ({
  page,
  stage,
  person,
}) => {
  await signIn(page, await person("keeper"));
  await page.goto("/keys");
  await fillKeyForm(page, "chat bot");
  const first = await readSecret(page, "chat bot");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  const statusOf = async (key: string) =>
    (await askGemini(stage.url, key, { prompt: "Hello" })).status;
  const becomes = (key: string, status: number) =>
    expect.poll(() => statusOf(key), { timeout: REACHES_MS, intervals: [250] }).toBe(status);
  await becomes(first, 200);

  await test.step("pause and resume", async () => {
    await chooseDeed(page, "chat bot", "Pause");
    await expect(page.getByText("chat bot is paused.")).toBeVisible();
    await becomes(first, 401);
    await chooseDeed(page, "chat bot", "Resume");
    await expect(page.getByText("chat bot works again.")).toBeVisible();
    await becomes(first, 200);
  });

  const roll = async (overlap: string) => {
    await chooseDeed(page, "chat bot", "Roll");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").click();
    await page.getByRole("option", { name: overlap }).click();
    await dialog.getByRole("button", { name: "Make new secret" }).click();
    const secret = await readSecret(page, "chat bot");
    await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
    return secret;
  };

  const second = await test.step("both secrets open the key while a roll overlaps", async () => {
    const secret = await roll("In an hour");
    await becomes(secret, 200);
    expect(await statusOf(first)).toBe(200);
    return secret;
  });

  await test.step("without an overlap the secret before is refused at once", async () => {
    const third = await roll("At once");
    await becomes(third, 200);
    await becomes(second, 401);
  });

  await test.step("revoking asks first and is for good", async () => {
    await chooseDeed(page, "chat bot", "Revoke");
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText("This cannot be undone.");
    await question.getByRole("button", { name: "Revoke" }).click();
    await expect(page.getByText("chat bot is revoked.")).toBeVisible();
    await becomes(first, 401);
    await expect(page.getByText("No key matches")).toBeVisible();
  });
});
