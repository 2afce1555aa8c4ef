import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MANIFEST = path.join(ROOT, ".next/server/app-paths-manifest.json");

/** Every page of the build, as Next's manifest names it: "/(portal)/keys/page". */
export function builtPages(): string[] {
  const manifest: Record<string, string> = JSON.parse(readFileSync(MANIFEST, "utf8"));
  return Object.keys(manifest)
    .filter((entry) => entry.endsWith("/page"))
    .sort();
}
