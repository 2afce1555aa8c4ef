import type { Page } from "playwright";
import { expect } from "playwright/test";
import { signIn, test } from "./support/journey";

const PASSWORD = "seven grey herons at dusk";

test("an invitation lets one person sign up; a password link lets one person back in", async ({
  page,
  browser,
  stage,
  person,
}) => {
  const guest = `linus-${Date.now()}@example.org`;
  await signIn(page, await person("host", "admin"));
  const elsewhere = await browser.newContext({ baseURL: stage.url });
  const visitor = await elsewhere.newPage();

  await test.step("whoever has the invitation chooses a name and a password", async () => {
    const link = await makeInvitation(page, guest);
    await visitor.goto(link);
    await expect(visitor.getByLabel("E-mail")).toHaveValue(guest);
    await visitor.getByLabel("Name").fill("Linus");
    await visitor.getByLabel("Password", { exact: true }).fill("short");
    await visitor.getByRole("button", { name: "Create account" }).click();
    await expect(
      visitor.getByText("At least 10 characters.", { exact: true }).first(),
    ).toBeVisible();
    await visitor.getByLabel("Password", { exact: true }).fill("a penguin in the north");
    await visitor.getByRole("button", { name: "Create account" }).click();
    await visitor.waitForURL(/\/(overview|connect)/);
    await elsewhere.clearCookies();
    await visitor.goto(link);
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(
      "This invitation does not work",
    );
  });

  await test.step("the password link ends the old password and works once", async () => {
    const link = await makeResetLink(page, "Linus");
    await visitor.goto(link);
    await expect(visitor.getByText(`For the account ${guest}.`)).toBeVisible();
    await visitor.getByLabel("New password").fill(PASSWORD);
    await visitor.getByRole("button", { name: "Set password" }).click();
    await expect(visitor.getByRole("heading", { name: "Password set" })).toBeVisible();
    await visitor.goto(link);
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("This link does not work");
    await signIn(visitor, { email: guest, password: PASSWORD });
  });
  await elsewhere.close();
});

async function makeInvitation(page: Page, email: string): Promise<string> {
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Only for this address").fill(email);
  await dialog.getByRole("button", { name: "Make link" }).click();
  return readLink(page);
}

async function makeResetLink(page: Page, name: string): Promise<string> {
  await page.goto("/admin/users");
  await page
    .getByRole("button", { name: `Actions for ${name}` })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Password link" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make link" }).click();
  return readLink(page);
}

/** The link that a dialog shows once. */
async function readLink(page: Page): Promise<string> {
  const link = page.getByRole("dialog").locator("output");
  await expect(link).toContainText("http");
  return (await link.innerText()).trim();
}
