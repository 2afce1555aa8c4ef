import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The container's face in a bundle of its own, as the server's and Next's bundles have it. */
async function bundle(folder: string, name: string): Promise<{ getContainer(): object }> {
  const file = path.join(folder, `${name}.mjs`);
  await build({
    entryPoints: [path.join(ROOT, "lib/server/container.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outfile: file,
    logLevel: "error",
  });
  return import(pathToFileURL(file).href);
}

it("exists once in a process, although two bundles hold its code", async () => {
  // Inside the project, so that packages are found from there.
  mkdirSync(path.join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(path.join(ROOT, ".cache/container-test-"));
  writeFileSync(path.join(folder, "package.json"), '{"type":"module"}');
  Object.assign(process.env, {
    // Never dialled: nothing is opened before it is used.
    DATABASE_URL: "postgresql://127.0.0.1:1/none",
    REDIS_URL: "redis://127.0.0.1:1",
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    SESSION_SECRET: randomBytes(32).toString("base64"),
  });
  try {
    const [server, next] = [await bundle(folder, "server"), await bundle(folder, "next")];
    expect(server.getContainer).not.toBe(next.getContainer);
    expect(next.getContainer()).toBe(server.getContainer());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
