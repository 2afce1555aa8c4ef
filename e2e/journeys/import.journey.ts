import { readFile } from "node:fs/promises";
import { expect } from "playwright/test";
import {
  CRS_ENCRYPTION_KEY,
  crsAccountLists,
  crsKeyRecord,
  crsKeySecret,
} from "../../lib/testing/crs-export";
import { crsLiveLists, startCrs } from "../../lib/testing/crs-server";
import { FAKE_ANTHROPIC_KEY } from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { askClaude } from "../support/ask";
import { signIn, test } from "./support/journey";

const CONSOLE = "22222222-0000-4000-8000-000000000001";

let console_: FakeUpstream;
let crs: Awaited<ReturnType<typeof startCrs>>;

test.beforeAll(async () => {
  [console_, crs] = await Promise.all([
    startFakeUpstream(),
    startCrs({ password: "its-password", data: dedicated(crsLiveLists()) }),
  ]);
});
test.afterAll(() => Promise.all([console_.close(), crs.close()]));

/** So that no other journey's request goes to an account of this one. */
function dedicated(lists: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      Array.isArray(list) ? list.map((one) => ({ ...one, accountType: "dedicated" })) : list,
    ]),
  );
}

test("an admin takes a claude-relay-service over, and its keys go on working", async ({
  page,
  person,
  stage,
}) => {
  const secret = crsKeySecret();
  const lists = crsAccountLists({ consoleUrl: console_.url, consoleKey: FAKE_ANTHROPIC_KEY });
  const key = crsKeyRecord(secret, {
    id: "key-of-there",
    name: "Laptop of there",
    permissions: '["claude"]',
    claudeConsoleAccountId: CONSOLE,
  });
  const backup = {
    metadata: { version: "1.0", sanitized: false },
    data: { apiKeys: [key], ...dedicated(lists), admins: [{ username: "root" }] },
  };
  const chief = await person("chief", "admin");
  await signIn(page, chief);
  await page.goto("/admin/settings");
  for (const hostPort of [`127.0.0.1:${console_.port}`, crs.hostPort]) {
    await page.getByLabel("Host and port").fill(hostPort);
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByText(hostPort).first()).toBeVisible();
  }
  await page.goto("/admin/import");
  const show = page.getByRole("button", { name: "Show what would be done" });

  await test.step("it shows what would be done, and what is missing for it", async () => {
    await show.click();
    await expect(page.getByText("This is needed.")).toBeVisible();
    const buffer = Buffer.from(JSON.stringify(backup));
    const mimeType = "application/json";
    await page.getByLabel("Export file").setInputFiles({ name: "backup.json", mimeType, buffer });
    await show.click();
    await expect(page.getByText("It needs the ENCRYPTION_KEY.").first()).toBeVisible();
    await page.getByLabel("Its ENCRYPTION_KEY").fill("another key of thirty-two letters");
    await show.click();
    await expect(page.getByText("opens none of the secrets")).toBeVisible();
    await page.getByLabel("Its ENCRYPTION_KEY").fill(CRS_ENCRYPTION_KEY);
    await page.getByLabel("Whose the keys become").click();
    await page.getByRole("option", { name: chief.email.split("@")[0] }).click();
    await show.click();
    await expect(page.getByRole("heading", { name: "14 of 16 can be taken over" })).toBeVisible();
    await expect(page.getByText("It needs the client secret of Antigravity.")).toBeVisible();
    await expect(page.getByText("does not know this kind of account.")).toBeVisible();
  });

  await test.step("it takes them over, and a key of there is let in", async () => {
    expect((await askClaude(stage.url, secret, { prompt: "Hello." })).status).toBe(401);
    await page.getByRole("button", { name: "Take over 14 items" }).click();
    await expect(page.getByRole("heading", { name: "14 of 16 taken over" })).toBeVisible();
    await expect
      .poll(async () => (await askClaude(stage.url, secret, { prompt: "Hello." })).status)
      .toBe(200);
    expect((await askClaude(stage.url, secret, { prompt: "Hello again." })).status).toBe(200);
    expect(console_.book.entries().filter(({ status }) => status === 200).length).toBe(2);
    await page.goto("/admin/accounts");
    await expect(page.getByText("Frankfurt").first()).toBeVisible();
    expect(await page.content()).not.toMatch(/of-ours|sk-ant-o[ar]t01-[a-z]/);
  });

  await test.step("a running one tells its accounts", async () => {
    await page.goto("/admin/import");
    await page.getByRole("radio", { name: "A running claude-relay-service" }).click();
    await page.getByLabel("Its address").fill(`${crs.url}/admin-next/login`);
    await page.getByLabel("Admin name").fill("cr_admin");
    await page.getByLabel("Admin password").fill("wrong");
    await show.click();
    await expect(page.getByText("refuses this name and password")).toBeVisible();
    await page.getByLabel("Admin password").fill("its-password");
    await show.click();
    await page.getByRole("button", { name: "Take over 2 items" }).click();
    await expect(page.getByRole("heading", { name: "2 of 2 taken over" })).toBeVisible();
  });

  await test.step("the pool goes out as a file, without secrets unless they are asked for", async () => {
    const [plain] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export without secrets" }).click(),
    ]);
    const text = await readFile(await plain.path(), "utf8");
    expect(JSON.parse(text).format).toBe("relay-portal-pool");
    expect(text).not.toContain("live-key-of-ours");
    await page.getByRole("button", { name: "Export with secrets" }).click();
    const [whole] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("alertdialog").getByRole("button", { name: "Export with secrets" }).click(),
    ]);
    expect(await readFile(await whole.path(), "utf8")).toContain("live-key-of-ours");
  });

  await test.step("both are undone, as far as nobody used what they made", async () => {
    for (const toast of ["2 items removed, nothing kept", "12 items removed, 2 kept"]) {
      await page.getByRole("button", { name: "Undo" }).first().click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Undo" }).click();
      await expect(page.getByText(toast)).toBeVisible();
    }
    expect((await askClaude(stage.url, secret, { prompt: "Still there." })).status).toBe(200);
  });
});
