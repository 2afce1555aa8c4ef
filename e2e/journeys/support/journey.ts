import { randomUUID } from "node:crypto";
import type { Page } from "playwright";
import { test as base, expect } from "playwright/test";
import { type Stage, takeOver } from "./stage";

interface Person {
  id: string;
  email: string;
  password: string;
}

interface Journey {
  stage: Stage;
  /** Makes somebody who can sign in, known to nobody else. */
  person(name: string, role?: "member" | "admin"): Promise<Person>;
  /** What went wrong inside the browser; a journey fails when it is not empty at its end. */
  mishaps: string[];
}

/** A test in a browser that stands before the portal; errors in the page fail it. */
export const test = base.extend<Journey>({
  baseURL: async ({ stage }, use) => use(stage.url),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needs of a fixture from this pattern.
  stage: async ({}, use) => use(takeOver()),
  person: async ({ stage }, use) =>
    use(async (name, role = "member") => {
      const email = `${name}-${randomUUID().slice(0, 8)}@example.org`;
      return { email, ...(await stage.createUser(email, role)) };
    }),
  mishaps: [
    async ({ page }, use) => {
      const mishaps: string[] = [];
      watch(page, mishaps);
      await use(mishaps);
      expect(mishaps, "errors in the browser").toEqual([]);
    },
    { auto: true },
  ],
});

/** A refused request is the server's word, not an error of the page; everything else is. */
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/;

function watch(page: Page, mishaps: string[]): void {
  page.on("pageerror", (error) => mishaps.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() !== "error" || REFUSED.test(message.text())) return;
    mishaps.push(`${message.text()} (${message.location().url})`);
  });
}

/** Signs in through the form and waits for the first page behind it. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/overview");
}
