import { expect } from "playwright/test";
import { FAKE_ANTHROPIC_KEY } from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { askClaude } from "../support/ask";
import { signIn, test } from "./support/journey";

let own: FakeUpstream;

test.beforeAll(async () => {
  own = await startFakeUpstream();
});
test.afterAll(() => own.close());

test("an admin gives a team accounts of its own, and works on many at once", async ({
  page,
  person,
  stage,
}) => {
  await stage.allowHost(`127.0.0.1:${own.port}`);
  for (const name of ["Team one", "Team two"]) {
    await stage.addAccount({
      provider: "claude-console",
      name,
      settings: { baseUrl: own.url },
      secrets: { apiKey: FAKE_ANTHROPIC_KEY },
      flags: ["--sharing", "group"],
    });
  }
  const [chief, ada] = [await person("chief", "admin"), await person("team")];
  const secret = await stage.createKey(ada.email, "team key");
  await signIn(page, chief);

  await test.step("makes a group of two accounts", async () => {
    await page.goto("/admin/groups");
    await page.getByRole("button", { name: "New group" }).first().click();
    const sheet = page.getByRole("dialog", { name: "New group" });
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(sheet.getByText("Give it a name.")).toBeVisible();
    await sheet.getByLabel("Name", { exact: true }).fill("Team");
    for (const name of ["Team one", "Team two"]) {
      await sheet.getByLabel("Add an account").click();
      await page.getByRole("option", { name }).click();
    }
    await sheet.getByLabel("Weight of Team two").fill("3");
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("row", { name: /Team one.*Team two/ })).toBeVisible();
  });

  await test.step("binds the team's key to it: only its accounts serve it", async () => {
    await page.goto("/admin/keys");
    await page.getByRole("button", { name: "Open team key" }).first().click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "Edit" }).first().click();
    await page.getByRole("dialog").getByLabel("Served by").click();
    await page.getByRole("option", { name: "Team", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("dialog").getByText("Team", { exact: true })).toBeVisible();
    await expect
      .poll(async () => {
        await askClaude(stage.url, secret, { prompt: "Hello." });
        return own.book.entries().length;
      })
      .toBeGreaterThan(0);
    const before = own.book.entries().length;
    for (let i = 0; i < 4; i++) {
      expect((await askClaude(stage.url, secret, { prompt: `Hello ${i}.` })).status).toBe(200);
    }
    expect(own.book.entries().length).toBe(before + 4);
  });

  await test.step("cannot delete it while a key is bound", async () => {
    await page.goto("/admin/groups");
    await page.getByRole("button", { name: "Open Team" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("1 key is bound to this group").first()).toBeVisible();
  });

  await test.step("drains and pauses both accounts at once", async () => {
    await page.goto("/admin/accounts?q=Team");
    for (const name of ["Team one", "Team two"]) {
      await page.getByRole("checkbox", { name: new RegExp(name) }).check();
    }
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Drain" }).click();
    await expect(page.getByText("2 accounts are done.")).toBeVisible();
    await expect(page.getByText("Draining").nth(1)).toBeVisible();
    for (const name of ["Team one", "Team two"]) {
      await page.getByRole("checkbox", { name: new RegExp(name) }).check();
    }
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expect(page.getByText("Paused").nth(1)).toBeVisible();
    await expect
      .poll(async () => (await askClaude(stage.url, secret, { prompt: "Hello." })).status)
      .not.toBe(200);
  });
});
