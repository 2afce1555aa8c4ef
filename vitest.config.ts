import { defineConfig } from "vitest/config";

const IGNORED = ["**/node_modules/**", ".next/**", "dist/**", ".data/**", ".cache/**"];
const STORAGE = "**/*.db.test.ts";

// Two cores are the machine that the suites must be at home on.
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{app,lib,workers,bench,e2e,scripts}/**/*.test.{ts,tsx,mjs}", "*.test.ts"],
          exclude: [...IGNORED, STORAGE],
          // A loaded machine of two cores is slow, not wrong.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "storage",
          include: [STORAGE],
          exclude: IGNORED,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "relay",
          include: ["e2e/relay/**/*.e2e.ts"],
          exclude: IGNORED,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "chaos",
          include: ["e2e/chaos/**/*.e2e.ts"],
          exclude: IGNORED,
          fileParallelism: false,
          testTimeout: process.env.CHAOS_FULL ? 3_600_000 : 300_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
