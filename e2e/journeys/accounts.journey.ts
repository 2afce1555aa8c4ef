import type { Page } from "playwright";
import { expect } from "playwright/test";
import {
  FAKE_ANTHROPIC_KEY,
  FAKE_GEMINI_KEY,
  FAKE_OPENAI_KEY,
} from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { signIn, test } from "./support/journey";

/** Two upstreams inside the network whose addresses nobody has allowed yet. */
let router: FakeUpstream;
let google: FakeUpstream;

test.beforeAll(async () => {
  [router, google] = await Promise.all([startFakeUpstream(), startFakeUpstream()]);
});
test.afterAll(() => Promise.all([router.close(), google.close()]));

test("an admin adds accounts; an address inside the network has to be allowed first", async ({
  page,
  person,
}) => {
  await signIn(page, await person("chief", "admin"));
  await page.goto("/admin/accounts");

  await test.step("the form refuses the address and offers to allow exactly it", async () => {
    const form = await openForm(page, /Claude Console/);
    await form.getByLabel("Name", { exact: true }).fill("CCR-Gemini3");
    await form.getByLabel("API address").fill(router.url);
    await form.getByLabel("API key", { exact: true }).fill(FAKE_ANTHROPIC_KEY);
    await form.getByRole("button", { name: "Add account" }).click();
    await expect(form.getByText("This address is not open for the portal")).toBeVisible();
    await form.getByRole("button", { name: `Allow 127.0.0.1:${router.port}` }).click();
    await expect(form.getByText("is allowed. Save again.")).toBeVisible();
    await form.getByRole("button", { name: "Add account" }).click();
    await page.waitForURL("**/admin/accounts/acc_*");
    await testAndPause(page);
  });

  await test.step("the list in the settings does the same", async () => {
    await page.goto("/admin/settings");
    await page.getByLabel("Host and port").fill(`127.0.0.1:${google.port}`);
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByText(`127.0.0.1:${google.port}`).first()).toBeVisible();
    await page.goto("/admin/accounts");
    const form = await openForm(page, /Gemini API key/);
    await form.getByLabel("Name", { exact: true }).fill("Own Gemini");
    await form.getByLabel("Base address").fill(google.url);
    await form.getByLabel("API key", { exact: true }).fill(FAKE_GEMINI_KEY);
    await form.getByRole("button", { name: "Add account" }).click();
    await page.waitForURL("**/admin/accounts/acc_*");
    await testAndPause(page);
  });

  await test.step("a server that speaks OpenAI's Chat is an account like any other", async () => {
    await page.goto("/admin/accounts");
    const form = await openForm(page, /OpenAI-compatible/);
    await form.getByLabel("Name", { exact: true }).fill("Own server");
    await form.getByLabel("Base address").fill(google.url);
    await form.getByLabel("API key", { exact: true }).fill(FAKE_OPENAI_KEY);
    await form.getByRole("button", { name: "Add account" }).click();
    await page.waitForURL("**/admin/accounts/acc_*");
    await testAndPause(page);
  });

  await test.step("the accounts are in the list, without their credentials", async () => {
    await page.goto("/admin/accounts");
    await expect(page.getByRole("row").filter({ hasText: "CCR-Gemini3" })).toContainText("Paused");
    await expect(page.getByRole("row").filter({ hasText: "Own Gemini" })).toContainText("Paused");
    await expect(page.getByRole("row").filter({ hasText: "Own server" })).toContainText("Paused");
    const markup = await page.content();
    expect(markup).not.toContain(FAKE_ANTHROPIC_KEY);
    expect(markup).not.toContain(FAKE_GEMINI_KEY);
    expect(markup).not.toContain(FAKE_OPENAI_KEY);
  });
});

async function openForm(page: Page, kind: RegExp) {
  await page.getByRole("button", { name: "Add account" }).first().click();
  const form = page.getByRole("dialog", { name: "Add an account" });
  await form.getByRole("button", { name: kind }).click();
  return form;
}

/** Runs the streamed test on an account's page; pauses it, so that it serves no other journey. */
async function testAndPause(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run test" }).click();
  const lines = page.getByRole("list", { name: "Test" });
  await expect(lines.getByText("Status 200")).toBeVisible();
  await expect(lines.getByText("The account answers.")).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
}
