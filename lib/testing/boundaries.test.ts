import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CRUISER = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const CONFIG = path.join(ROOT, ".dependency-cruiser.mjs");

/** rule → the file that breaks it, and what that file imports. */
const PLANTED: Readonly<Record<string, { file: string; imports: string }>> = {
  "layer-shared": { file: "lib/shared/up.ts", imports: "../contracts/target" },
  "layer-contracts": { file: "lib/contracts/up.ts", imports: "../relay/target" },
  "layer-relay": { file: "lib/relay/up.ts", imports: "../db/target" },
  "layer-db": { file: "lib/db/side.ts", imports: "../redis/target" },
  "layer-redis": { file: "lib/redis/side.ts", imports: "../db/target" },
  "layer-jobs": { file: "lib/jobs/side.ts", imports: "../db/target" },
  "layer-services": { file: "lib/services/up.ts", imports: "../server/target" },
  "layer-server": { file: "lib/server/up.ts", imports: "@/app/target" },
  "layer-client": { file: "lib/client/side.ts", imports: "../services/target" },
  "layer-ui": { file: "lib/ui/side.ts", imports: "../client/target" },
  "layer-app": { file: "app/down.ts", imports: "@/lib/db/target" },
  "layer-workers": { file: "workers/side.ts", imports: "../app/target" },
  "layer-server-ts": { file: "server.ts", imports: "./lib/db/target" },
  "layer-scripts": { file: "scripts/up.mjs", imports: "../lib/services/target.ts" },
  "package-prisma": { file: "lib/services/a.ts", imports: "@prisma/adapter-pg" },
  "package-ioredis": { file: "lib/services/b.ts", imports: "ioredis" },
  "package-bullmq": { file: "lib/services/c.ts", imports: "bullmq" },
  "package-undici": { file: "lib/services/d.ts", imports: "undici" },
  "package-next": { file: "lib/services/e.ts", imports: "next-auth" },
  "package-react": { file: "lib/services/f.ts", imports: "react" },
  "relay-is-pure": { file: "lib/relay/impure.ts", imports: "node:fs" },
  "scripts-need-nothing-installed": { file: "scripts/rich.mjs", imports: "zod" },
  "browser-safe": { file: "lib/contracts/node.ts", imports: "node:crypto" },
  "protocols-apart": { file: "lib/relay/protocols/one/a.ts", imports: "../two/target" },
  "providers-apart": { file: "lib/relay/providers/one/a.ts", imports: "../two/target" },
  "private-files": { file: "lib/services/users/a.ts", imports: "../keys/_own" },
  "tests-are-ends": { file: "lib/services/g.ts", imports: "./some.test" },
  "four-levels": { file: "lib/services/h.ts", imports: "./a/b/c/d/target" },
  "no-cycles": { file: "lib/services/circle-a.ts", imports: "./circle-b" },
  resolvable: { file: "lib/services/i.ts", imports: "./nowhere" },
  "no-orphans": { file: "lib/services/alone.ts", imports: "" },
};

/** What the planted imports lead to. */
const TARGETS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["contracts", "relay", "db", "redis", "server", "services", "client"].map((layer) => [
      `lib/${layer}/target.ts`,
      "",
    ]),
  ),
  "app/target.ts": "",
  "lib/relay/protocols/two/target.ts": "",
  "lib/relay/providers/two/target.ts": "",
  "lib/services/keys/_own.ts": "",
  "lib/services/some.test.ts": "",
  "lib/services/a/b/c/d/target.ts": "",
  "lib/services/circle-b.ts": "./circle-a",
};

/** Imports that each rule must let through. */
const ALLOWED: Readonly<Record<string, string>> = {
  "lib/services/keys/ok.ts": "./_own",
  "lib/server/ok.ts": "undici",
  "lib/redis/ok.ts": "ioredis",
  "lib/db/ok.ts": "@prisma/adapter-pg",
  "lib/services/ok.test.ts": "../server/target",
  "lib/relay/protocols/two/ok.ts": "zod",
};

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "boundaries-"));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  const paths = { "@/*": ["./*"] };
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { module: "esnext", moduleResolution: "bundler", paths } }),
  );
  const planted = Object.values(PLANTED).map(({ file, imports }) => [file, imports] as const);
  for (const [file, imports] of [
    ...planted,
    ...Object.entries(TARGETS),
    ...Object.entries(ALLOWED),
  ]) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    const used = imports === "" ? "" : `import * as used from "${imports}";\nconsole.log(used);\n`;
    writeFileSync(path.join(folder, file), `${used}export const here = 1;\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Report = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) }),
    ),
  }),
});

async function cruise() {
  const args = [CRUISER, "--config", CONFIG, "--output-type", "json"];
  const places = ["app", "lib", "workers", "server.ts", "scripts"];
  const run = promisify(execFile)(process.execPath, [...args, ...places], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  // It ends with the number of violations as its exit code; they are what is looked for here.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return Report.parse(JSON.parse(stdout)).summary.violations;
}

it("catches a violation of every rule, at error level, and lets the allowed imports through", async () => {
  const { default: config } = await import(CONFIG);
  const rules = z.object({ forbidden: z.array(z.object({ name: z.string() })) }).parse(config);
  expect(rules.forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(PLANTED).sort());

  const violations = await cruise();
  for (const [rule, { file }] of Object.entries(PLANTED)) {
    const caught = violations.some((one) => one.rule.name === rule && one.from === file);
    expect(caught, `${rule} in ${file}`).toBe(true);
  }
  expect(violations.filter(({ rule }) => rule.severity !== "error")).toEqual([]);
  const allowed = Object.keys(ALLOWED);
  const wrongly = violations.filter(
    ({ from, rule }) => allowed.includes(from) && rule.name !== "no-orphans",
  );
  expect(wrongly).toEqual([]);
}, 60_000);
