import { expect } from "playwright/test";
import { signIn, test } from "./support/journey";

test("a session ends by signing out, and from any other one", async ({
  page,
  browser,
  stage,
  person,
}) => {
  const reader = await person("roamer");
  await signIn(page, reader);
  const elsewhere = await browser.newContext({ baseURL: stage.url });
  const other = await elsewhere.newPage();
  await signIn(other, reader);

  await page.goto("/settings");
  await page.getByRole("button", { name: /^End the session in / }).click();
  await expect(page.getByText("The session has ended.")).toBeVisible();
  // Every process follows within seconds.
  await expect(async () => {
    await other.goto("/keys");
    expect(other.url()).toContain("/sign-in?callbackUrl=");
  }).toPass({ timeout: 15_000 });
  await other.getByLabel("E-mail").fill(reader.email);
  await other.getByLabel("Password", { exact: true }).fill(reader.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.waitForURL("**/keys");
  await elsewhere.close();

  await page.getByRole("button", { name: /^Account menu of / }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("/");
  await page.goBack();
  // What the browser still shows of the session leads to the same place.
  await page.waitForURL(/\/sign-in\?callbackUrl=/);
  await page.goto("/overview");
  await page.waitForURL(/\/sign-in/);
});

test("a member has no way into the administration", async ({ page, person }) => {
  await signIn(page, await person("member"));
  await page.getByRole("button", { name: /^Account menu of / }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Administration" })).toHaveCount(0);
  const answer = await page.goto("/admin/accounts");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "You have no access to this" })).toBeVisible();
  expect((await page.request.get("/api/admin/accounts")).status()).toBe(403);
});

test("an admin goes to and fro between both areas", async ({ page, person }) => {
  await signIn(page, await person("chief", "admin"));
  await page.getByRole("button", { name: /^Account menu of / }).click();
  await page.getByRole("menuitem", { name: "Administration" }).click();
  await page.waitForURL(/\/admin(\/|$)/);
  await page.getByRole("button", { name: /^Account menu of / }).click();
  await page.getByRole("menuitem", { name: "Member area" }).click();
  await page.waitForURL("**/overview");
});
