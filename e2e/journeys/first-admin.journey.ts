import { expect } from "playwright/test";
import { z } from "zod";
import { test } from "./support/journey";

const Link = z.object({ url: z.string().startsWith("http") });

test("the first admin comes in through the set-up link, and nobody after them", async ({
  page,
  stage,
  browser,
}) => {
  const { url: stale } = Link.parse(await stage.portal("setup-link"));
  const { url } = Link.parse(await stage.portal("setup-link"));

  await page.goto(stale);
  await expect(page.getByRole("heading", { name: "This set-up link does not work" })).toBeVisible();

  await page.goto("/sign-in");
  await expect(page.getByText("This portal has no administrator yet.")).toBeVisible();

  await page.goto(url);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByText("At least 10 characters.", { exact: true }).first()).toBeVisible();
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("**/admin/accounts");
  await expect(page.getByRole("button", { name: "Account menu of Ada" })).toBeVisible();
  await expect(page.getByText("Team Gemini")).toBeVisible();

  const stranger = await browser.newContext({ baseURL: stage.url });
  const second = await stranger.newPage();
  await second.goto(url);
  await expect(
    second.getByRole("heading", { name: "This set-up link does not work" }),
  ).toBeVisible();
  await stranger.close();
  expect(await stage.portal("setup-link")).toEqual({ url: null, expiresAt: null });
});
