import type { Page } from "playwright";
import { expect } from "playwright/test";

/** Fills in and sends the form of a new key; the dialog with the secret is open afterwards. */
export async function fillKeyForm(
  page: Page,
  name: string,
  limits: { daily?: string } = {},
): Promise<void> {
  await page.getByRole("button", { name: "Create key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create a key" });
  await form.getByLabel("Name").fill(name);
  if (limits.daily) await form.getByLabel("Daily limit in USD").fill(limits.daily);
  await form.getByRole("button", { name: "Create key" }).click();
}

/** Reads the secret out of the dialog that shows it once. */
export async function readSecret(page: Page, name: string): Promise<string> {
  const dialog = page.getByRole("dialog");
  const secret = dialog.getByRole("status", { name, exact: true });
  await expect(secret).toHaveText(/^cr_.{4}•+$/);
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(secret).not.toContainText("•");
  return (await secret.innerText()).trim();
}

/** Chooses a deed in the menu of a key's row. */
export async function chooseDeed(page: Page, name: string, deed: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: deed, exact: true }).click();
}
