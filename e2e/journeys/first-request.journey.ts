import type { Locator, Page } from "playwright";
import { expect } from "playwright/test";
import { askClaude } from "../support/ask";
import { signIn, test } from "./support/journey";
import { fillKeyForm, readSecret } from "./support/key-pages";

const MODEL = "claude-opus-4-5-20251101";

test("from sign-up to the first request and its tokens on the usage page", async ({
  page,
  stage,
  browser,
  person,
}) => {
  await test.step("an admin lets everybody sign up", async () => {
    const office = await browser.newPage({ baseURL: stage.url });
    await signIn(office, await person("chief", "admin"));
    await office.goto("/admin/settings");
    await office.getByRole("radio", { name: "Anyone" }).click();
    await office.getByRole("button", { name: "Save" }).click();
    await expect(office.getByText("The settings are saved.")).toBeVisible();
    await office.context().close();
  });
  await signUp(page);
  const key = await test.step("makes a key that is shown once", () => makeKey(page));
  await test.step("the connect page waits, then turns green", async () => {
    await page.getByRole("link", { name: "Connect a client" }).first().click();
    await page.waitForURL("**/connect");
    const live = page.getByRole("region", { name: "First request" });
    await expect(live).toContainText("Waiting for the first request with laptop");
    const answer = await askClaude(stage.url, key, {
      model: MODEL,
      prompt: "Say something. [[tokens:57]]",
      stream: true,
      client: "claude-cli/2.1.330 (external, cli)",
    });
    expect(answer.status, answer.body).toBe(200);
    await expect(live).toContainText(`It works: ${MODEL} answered with status 200.`);
    await live.getByRole("link", { name: "See the request" }).click();
  });

  const usage = (await stage.upstream.book()).findLast(
    ({ model }) => model === MODEL,
  )?.deliveredUsage;
  if (!usage) throw new Error("The upstream has not seen the request.");

  await test.step("the story of the request tells its tokens and its price", async () => {
    await page.waitForURL("**/requests/req_*");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(MODEL);
    await expect(page.getByText("Complete").first()).toBeVisible();
    await expect(page.getByText(`${usage.input} in, ${usage.output} out`)).toBeVisible();
    await expect(page.getByText("First byte to the client").first()).toBeVisible();
    await expect(page.getByText(/^Price list /)).toBeVisible();
  });

  await test.step("the request is in the log", async () => {
    await page.getByRole("link", { name: "Requests", exact: true }).click();
    const row = page.getByRole("row").filter({ hasText: MODEL });
    await expect(row).toHaveCount(1);
    await expect(row).toContainText("laptop");
    await row.getByRole("button", { name: `Open ${MODEL}` }).click();
    await page.waitForURL("**/requests/req_*");
  });

  await test.step("the usage page shows what the upstream counted", async () => {
    await page.getByRole("link", { name: "Usage", exact: true }).click();
    const table = page.getByRole("table", { name: "In numbers" });
    const row = table.getByRole("row").filter({ hasText: MODEL });
    await expect(row).toBeVisible();
    expect(await numberUnder(table, row, "Input")).toBe(usage.input);
    expect(await numberUnder(table, row, "Output")).toBe(usage.output);
    expect(await numberUnder(table, row, "Cache read")).toBe(usage.cacheRead);
  });
});

async function signUp(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill("Grace");
  await page.getByLabel("E-mail").fill("grace@example.org");
  await page.getByLabel("Password", { exact: true }).fill("a bridge over quiet water");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/\/(overview|connect)/);
  await page.getByRole("button", { name: "Account menu of Grace" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("/");
  await page.getByRole("link", { name: "Sign in" }).first().click();
  await page.getByLabel("E-mail").fill("grace@example.org");
  await page.getByLabel("Password", { exact: true }).fill("not my password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("do not belong together")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill("a bridge over quiet water");
  // After a wrong password the next try is let in a second later.
  await expect(async () => {
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/overview", { timeout: 5_000 });
  }).toPass();
}

async function makeKey(page: Page): Promise<string> {
  await page.getByRole("link", { name: "API keys", exact: true }).click();
  await fillKeyForm(page, "laptop");
  const key = await readSecret(page, "laptop");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Open laptop" }).click();
  const sheet = page.getByRole("dialog", { name: "laptop" });
  await expect(sheet).toContainText(key.slice(0, 7));
  expect(await page.content()).not.toContain(key.slice(0, 20));
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await page.waitForURL("**/overview");
  return key;
}

/** The exact number in a row, under the column of that head. */
async function numberUnder(table: Locator, row: Locator, head: string): Promise<number> {
  const heads = await table.getByRole("columnheader").allInnerTexts();
  const index = heads.findIndex((text) => text.trim() === head);
  const exact = row.getByRole("cell").nth(index).locator("data");
  return Number(await exact.getAttribute("value"));
}
