import { expect } from "playwright/test";
import { askClaude } from "../support/ask";
import { signIn, test } from "./support/journey";
import { fillKeyForm, readSecret } from "./support/key-pages";

const LIMIT = "Daily limit of this key of $0.01";

test("whoever reaches a budget reads why, in the answer and on every page", async ({
  page,
  stage,
  person,
}) => {
  await signIn(page, await person("spender"));
  await page.goto("/keys");
  await fillKeyForm(page, "small", { daily: "0.01" });
  const key = await readSecret(page, "small");
  await page.getByRole("dialog").getByRole("link", { name: "Connect a client" }).click();
  await page.waitForURL("**/connect?key=*");

  const ask = (prompt: string) => askClaude(stage.url, key, { prompt, maxTokens: 400 });
  await expect
    .poll(async () => (await ask("Tell me more. [[tokens:400]]")).status, { timeout: 30_000 })
    .toBe(402);
  const refused = await ask("And more?");
  expect(refused.status).toBe(402);
  const { error } = JSON.parse(refused.body);
  expect(error.message).toContain(LIMIT);
  expect(error.message).toContain("Resets at");

  await test.step("the list of keys shows how much of the budget is used", async () => {
    await page.goto("/keys");
    const row = page.getByRole("row").filter({ hasText: "small" });
    await expect(row).toContainText("$0.01");
    await expect(row).toContainText("Daily, in");
  });

  await test.step("the log and the story tell the same sentence as the answer", async () => {
    const row = page.getByRole("row").filter({ hasText: "Refused" }).first();
    // The log is written within about a second, and is not asked again by itself.
    await expect(async () => {
      await page.goto("/requests");
      await expect(row).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await row.getByRole("button", { name: /^Open / }).click();
    await page.waitForURL("**/requests/req_*");
    await expect(page.getByText("The budget is used up")).toBeVisible();
    await expect(page.getByText("raise the money limit of the key")).toBeVisible();
    await expect(page.locator("q")).toContainText(LIMIT);
    await expect(page.getByText("Nothing was used, so nothing is charged.")).toBeVisible();
  });
});
