import type { Page } from "playwright";
import type { Key } from "../../lib/contracts/keys";
import {
  CRS_ENCRYPTION_KEY,
  crsAccountLists,
  crsKeyRecord,
  crsKeySecret,
} from "../../lib/testing/crs-export";

/** Brings a page into a state. Words differ from language to language, so controls go by their form. */
export type Act = (page: Page) => Promise<void>;

/** Presses the first control that fits the selector. */
export const press =
  (selector: string): Act =>
  async (page) =>
    page.locator(selector).first().click();

/** Presses the last one. */
export const pressLast =
  (selector: string): Act =>
  async (page) =>
    page.locator(selector).last().click();

export const write =
  (selector: string, text: string): Act =>
  async (page) =>
    page.locator(selector).first().fill(text);

export const inTurn =
  (...acts: readonly Act[]): Act =>
  async (page) => {
    for (const act of acts) await act(page);
  };

/** Opens the search over everything and types. */
export const searchFor =
  (text: string): Act =>
  async (page) => {
    await page.keyboard.press("Control+k");
    await page.locator("[cmdk-input]").fill(text);
    await page.locator("[cmdk-item]").first().waitFor();
  };

/** Only phones have the menu of pages behind a button. */
export const openPhoneMenu: Act = async (page) => {
  const button = page.locator("header button:has(svg.lucide-menu)");
  if (await button.isVisible()) await button.click();
};

/** Shows what an import of everything that a claude-relay-service can hold would do. */
export const previewImport: Act = async (page) => {
  const consoleUrl = "https://console.example.org";
  const lists = crsAccountLists({ consoleUrl, consoleKey: "console-key-of-ours" });
  const key = { id: "k1", name: "Laptop of Ada", totalCostLimit: "50", weeklyOpusCostLimit: "20" };
  const apiKeys = [crsKeyRecord(crsKeySecret(), key)];
  const buffer = Buffer.from(JSON.stringify({ data: { apiKeys, ...lists } }));
  const file = { name: "backup.json", mimeType: "application/json", buffer };
  await page.locator("input[type=file]").setInputFiles(file);
  await write("input[type=password]", CRS_ENCRYPTION_KEY)(page);
  await press("main form button[type=submit]")(page);
  await page.locator("main table").waitFor();
};

/** Made up, so that a picture adds no key to the lists that other pictures show. */
const SECRET = `cr_${"4hQ7vN2sXb9LkTzR1mWcPd".repeat(2)}`;

/** Sends the form of a new key; the answer is made up from an existing one. */
export const makeKey: Act = async (page) => {
  await page.route("**/api/portal/keys", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const listed = await page.request.get("/api/portal/keys");
    const [other]: Key[] = await listed.json();
    const key = { ...other, id: "key_pictured", name: "new laptop", start: SECRET.slice(0, 10) };
    return route.fulfill({ status: 201, json: { key, secret: SECRET } });
  });
  await write("[role=dialog] input", "new laptop")(page);
  await press("[role=dialog] button[type=submit]")(page);
  await page.locator("[role=dialog] [role=status]").waitFor();
  await page.unroute("**/api/portal/keys");
};

const BEGUN = {
  id: "sig_pictured",
  kind: "paste",
  url: "https://claude.ai/oauth/authorize?code=true&state=pictured",
  userCode: null,
  intervalSeconds: null,
  expiresInSeconds: 900,
};

/** Begins a sign-in at a provider; its answer is made up, for no picture may call one. */
export const beginSignIn: Act = async (page) => {
  await page.route("**/api/admin/sign-ins", (route) => route.fulfill({ status: 201, json: BEGUN }));
  await write("[role=dialog] form input", "Team subscription")(page);
  await press("[role=dialog] button[type=submit]")(page);
  await page.locator("[role=dialog] textarea").first().waitFor();
  await page.unroute("**/api/admin/sign-ins");
};
