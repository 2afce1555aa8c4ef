import { expect } from "playwright/test";
import { signIn, test } from "./support/journey";

test("language and theme change at once and stay", async ({ page, person }) => {
  await signIn(page, await person("reader"));
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Overview");

  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitemradio", { name: "简体中文" }).click();
  await expect(heading).toHaveText("概览");
  await page.reload();
  await expect(heading).toHaveText("概览");
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);

  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  await page.getByRole("button", { name: "主题" }).click();
  await page.getByRole("menuitemradio", { name: "深色" }).click();
  await expect.poll(colour).not.toBe(light);
  const dark = await colour();
  await page.goto("/keys");
  expect(await colour()).toBe(dark);
  await expect(heading).toHaveText("API 密钥");

  await page.getByRole("button", { name: "语言" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(heading).toHaveText("API keys");
});

test("a reader without a choice gets the language and theme of the browser", async ({
  browser,
  stage,
}) => {
  const context = await browser.newContext({
    baseURL: stage.url,
    locale: "zh-CN",
    colorScheme: "dark",
  });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登录");
  await expect(page.locator("html")).toHaveClass(/dark/);
  await context.close();
});
