import { defineConfig } from "playwright/test";
import { CHROMIUM } from "./support/chromium";

// One worker: all journeys walk through one portal, as its users would, on a machine of two cores.
const config = defineConfig({
  testDir: "journeys",
  testMatch: "**/*.journey.ts",
  outputDir: "../test-results",
  globalSetup: "./journeys/support/start-portal.ts",
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    actionTimeout: 20_000,
    navigationTimeout: 45_000,
    screenshot: "only-on-failure",
    // A trace of every step costs as much again as the journey itself.
    trace: process.env.TRACE ? "on" : "off",
    launchOptions: CHROMIUM,
  },
  projects: [
    // The set-up link works while there is no admin, so that journey comes before all others.
    { name: "first-admin", testMatch: "first-admin.journey.ts" },
    {
      name: "portal",
      testIgnore: ["first-admin.journey.ts", "views.journey.ts"],
      dependencies: ["first-admin"],
    },
    // Fills the pool with accounts in trouble, which the journeys before must not meet.
    { name: "views", testMatch: "views.journey.ts", dependencies: ["portal"] },
  ],
});

// Playwright loads a configuration by its default export.
export default config;
