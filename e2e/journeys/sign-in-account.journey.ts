import type { Page } from "playwright";
import { expect } from "playwright/test";
import { type OAuthServer, startOAuthServer } from "../../lib/testing/oauth-server";
import { startSubscriptionUpstream } from "../../lib/testing/subscription-upstream";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { signIn, test } from "./support/journey";

/** Subscriptions that an admin connects by signing in at a strict authorization server. */
let oauth: OAuthServer;
let provider: FakeUpstream;
let backend: Awaited<ReturnType<typeof startSubscriptionUpstream>>;

test.beforeAll(async () => {
  [oauth, provider] = await Promise.all([
    startOAuthServer({ lifeSeconds: 3_600 }),
    startFakeUpstream(),
  ]);
  backend = await startSubscriptionUpstream(oauth, provider);
});
test.afterAll(() => Promise.all([oauth.stop(), backend.close(), provider.close()]));

const KINDS = [
  { kind: "Claude subscription", pastes: "code" },
  { kind: "ChatGPT subscription", pastes: "back" },
] as const;

for (const { kind, pastes } of KINDS) {
  test(`an admin connects a ${kind} in the browser, and signs it in again`, async ({
    page,
    person,
  }) => {
    await signIn(page, await person("chief", "admin"));
    await allow(page, oauth.hostPort);
    await allow(page, backend.hostPort);
    await page.goto("/admin/accounts");
    await page.getByRole("button", { name: "Add account" }).first().click();
    await page.getByRole("button", { name: new RegExp(kind) }).click();
    const form = page.getByRole("dialog", { name: "Add an account" });
    const name = `Own ${kind}`;
    await form.getByLabel("Name", { exact: true }).fill(name);
    await form.getByText("Addresses and client").click();
    await form.getByLabel(/^(API|Backend) address$/).fill(backend.url);
    await form.getByLabel("Sign-in page").fill(oauth.authorizeUrl);
    await form.getByLabel("Token address").fill(oauth.tokenUrl);

    await test.step("a code of nowhere is refused, and the right one connects", async () => {
      await form.getByRole("button", { name: "Go on to sign in" }).click();
      await form.getByLabel("Code or address").fill("nonsense-code");
      await form.getByRole("button", { name: "Connect the account" }).click();
      await expect(form.getByText("did not take this code")).toBeVisible();
      await form.getByLabel("Code or address").fill(await agree(page, form, pastes));
      await form.getByRole("button", { name: "Connect the account" }).click();
      await page.waitForURL("**/admin/accounts/acc_*");
      await expect(page.getByRole("heading", { name })).toBeVisible();
    });

    await test.step("it answers a test, and shows no token", async () => {
      await page.getByRole("button", { name: "Run test" }).click();
      const lines = page.getByRole("list", { name: "Test" });
      await expect(lines.getByText("The account answers.")).toBeVisible();
      const markup = await page.content();
      expect(markup).not.toMatch(/[ar]t_[0-9a-f]{48}/);
    });

    await test.step("it is signed in again, and is the same account", async () => {
      const address = page.url();
      await page.getByRole("button", { name: `Actions for ${name}` }).click();
      await page.getByRole("menuitem", { name: "Sign in again" }).click();
      const again = page.getByRole("dialog", { name: `Sign in again: ${name}` });
      await again.getByLabel("Code or address").fill(await agree(page, again, pastes));
      await again.getByRole("button", { name: "Connect the account" }).click();
      await expect(page.getByText("is connected")).toBeVisible();
      expect(page.url()).toBe(address);
      expect(oauth.book.exchanges).toBeGreaterThanOrEqual(2);
    });
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  });
}

/** Opens the sign-in page in a tab of its own, as an owner does, and takes what it ends with. */
async function agree(page: Page, form: ReturnType<Page["getByRole"]>, what: "code" | "back") {
  const [tab] = await Promise.all([
    page.waitForEvent("popup"),
    form.getByRole("link", { name: "Open the sign-in page" }).click(),
  ]);
  const text = await tab.locator(`#${what}`).innerText();
  await tab.close();
  return text;
}

async function allow(page: Page, hostPort: string): Promise<void> {
  await page.goto("/admin/settings");
  if (await page.getByText(hostPort).first().isVisible()) return;
  await page.getByLabel("Host and port").fill(hostPort);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText(hostPort).first()).toBeVisible();
}
