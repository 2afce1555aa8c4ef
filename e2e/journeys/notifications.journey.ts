import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "playwright/test";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { askClaude } from "../support/ask";
import { signIn, test } from "./support/journey";

let receiver: Server;
let address: string;
let upstream: FakeUpstream;
let got: { id: string; signature: string; body: string }[] = [];

test.beforeAll(async () => {
  upstream = await startFakeUpstream();
  receiver = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      const header = (name: string) => String(req.headers[name]);
      got.push({ id: header("webhook-id"), signature: header("webhook-signature"), body });
      res.end("thanks");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/on-call`;
});
test.afterAll(async () => {
  receiver.close();
  await upstream.close();
});

test("an admin hears of a stopped account", async ({ page, person, stage }) => {
  await stage.allowHost(`127.0.0.1:${upstream.port}`);
  await signIn(page, await person("chief", "admin"));
  await page.goto("/admin/notifications");

  await test.step("adds a webhook, whose address has to be allowed first", async () => {
    await page.getByRole("button", { name: "Add channel" }).first().click();
    await page.getByRole("button", { name: /^Webhook/ }).click();
    const form = page.getByRole("dialog", { name: "Add channel: Webhook" });
    await form.getByLabel("Name").fill("On call");
    await form.getByLabel("Webhook address").fill(address);
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("button", { name: `Allow ${new URL(address).host}` }).click();
    await expect(form.getByText("is allowed. Save again.")).toBeVisible();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "On call" })).toBeVisible();
  });

  await test.step("sends a test message", async () => {
    await page.getByRole("button", { name: "Send test" }).click();
    await expect(page.getByText("The message was taken.")).toBeVisible();
    expect(got[0]?.signature).toMatch(/^v1,/);
    expect(await page.content()).not.toContain("/on-call");
    got = [];
  });

  await test.step("is told when an account's key is refused", async () => {
    const ada = await person("ada");
    const { id } = await stage.addAccount({
      provider: "claude-console",
      name: "Withdrawn key",
      settings: { baseUrl: upstream.url },
      secrets: { apiKey: "sk-ant-api03-nobody-knows-it" },
      flags: ["--priority", "1"],
    });
    const key = await stage.createKey(ada.email, "laptop");
    await expect
      .poll(
        async () => {
          await askClaude(stage.url, key, { prompt: "Hello." });
          return got.length;
        },
        { timeout: 40_000, intervals: [1_000] },
      )
      .toBeGreaterThan(0);
    const told = JSON.parse(got[0]?.body ?? "");
    expect(told).toMatchObject({
      type: "account.stopped",
      data: { title: "Withdrawn key has stopped and needs you", account: { id } },
    });
    await page.goto(told.data.url);
    await expect(page.getByRole("heading", { name: "Withdrawn key" })).toBeVisible();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.goto("/admin/notifications");
    await expect(page.getByText("Last sent")).toBeVisible();
  });

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No channel yet")).toBeVisible();
});
