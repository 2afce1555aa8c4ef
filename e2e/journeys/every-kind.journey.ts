import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright";
import { expect } from "playwright/test";
import { PROVIDERS } from "../../lib/relay/providers/registry";
import { type Clouds, startClouds } from "./support/clouds";
import { signIn, test } from "./support/journey";
import { KINDS, type KindJourney } from "./support/kinds";
import { takeOver } from "./support/stage";

/** Every kind of account there is, added on the page that an admin uses, against a server of its maker's kind. */
let clouds: Clouds;

test.beforeAll(async () => {
  clouds = await startClouds();
  const { allowHost } = takeOver();
  for (const hostPort of clouds.hostPorts) await allowHost(hostPort);
});
test.afterAll(() => clouds.close());

test("there is a journey for every kind", () => {
  const kinds = new Set(KINDS.map(({ label }) => label));
  expect([...kinds].sort()).toEqual(PROVIDERS.map(({ label }) => label).sort());
});

for (const kind of KINDS) {
  test(`an admin adds an account of the kind ${kind.label}: ${kind.by}`, async ({
    page,
    person,
    stage,
  }) => {
    await signIn(page, await person("chief", "admin"));
    await page.goto("/admin/accounts");
    const name = `${kind.label} by ${kind.by}`;
    const form = await fillForm(page, name, kind);
    await connect(page, form, kind);
    await page.waitForURL("**/admin/accounts/acc_*");
    await expect(page.getByRole("heading", { name })).toBeVisible();

    await page.getByRole("button", { name: "Run test" }).click();
    const lines = page.getByRole("list", { name: "Test" });
    await expect(lines.getByText("The account answers.")).toBeVisible();
    const markup = await page.content();
    for (const secret of kind.secrets(clouds)) expect(markup).not.toContain(secret);

    const { model, ask } = kind;
    if (model && ask) {
      const key = await stage.createKey((await person("member")).email, "every kind");
      const mark = `mark-${randomUUID()}`;
      const answer = await ask(stage.url, key, model, mark);
      expect(await answer.text()).toContain(mark);
      const asked = clouds.upstream.requests.all().map(({ body }) => body?.toString("utf8") ?? "");
      // This account and no other of the pool's.
      expect(asked.filter((body) => body.includes(mark))).toHaveLength(1);
    }
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  });
}

async function fillForm(page: Page, name: string, kind: KindJourney): Promise<Locator> {
  await page.getByRole("button", { name: "Add account" }).first().click();
  const form = page.getByRole("dialog", { name: "Add an account" });
  const choice = form
    .getByRole("button")
    .filter({ has: page.getByText(kind.label, { exact: true }) });
  await choice.click();
  const { by, model, sent } = kind;
  if (by === "tokens" || by === "key beside a sign-in") {
    await form.getByRole("radio", { name: "Enter tokens" }).click();
  }
  await form.getByLabel("Name", { exact: true }).fill(name);
  const fold = form.getByText("Addresses and client");
  if (await fold.isVisible()) await fold.click();
  for (const [label, value] of Object.entries(kind.fields(clouds))) {
    // What may stay empty says so behind its label.
    await form.getByLabel(new RegExp(`^${label}( ?optional)?$`)).fill(value);
  }
  await form.getByText("More options").click();
  await form.getByLabel("Priority").fill("1");
  if (model && sent) {
    await form.getByRole("button", { name: "Add mapping" }).click();
    const row = await form.getByLabel(/^Asked for \d+$/).count();
    await form.getByLabel(`Asked for ${row}`, { exact: true }).fill(model);
    await form.getByLabel(`Sent as ${row}`, { exact: true }).fill(sent);
  }
  return form;
}

async function connect(page: Page, form: Locator, { by }: KindJourney): Promise<void> {
  if (by !== "pasted code" && by !== "device") {
    await form.getByRole("button", { name: "Add account" }).click();
    return;
  }
  await form.getByRole("button", { name: "Go on to sign in" }).click();
  const [tab] = await Promise.all([
    page.waitForEvent("popup"),
    form.getByRole("link", { name: "Open the sign-in page" }).click(),
  ]);
  if (by === "device") {
    const code = await form.locator(".font-mono.text-xl").innerText();
    await tab.getByLabel("Code").fill(code.trim());
    await tab.getByRole("button", { name: "Agree" }).click();
    await expect(tab.getByText("Agreed.")).toBeVisible();
    await tab.close();
    return;
  }
  const back = await tab.locator("#back").innerText();
  await tab.close();
  await form.getByLabel("Code or address").fill(back);
  await form.getByRole("button", { name: "Connect the account" }).click();
}
