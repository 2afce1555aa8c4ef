import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { policyOf, type Who } from "../../../lib/server/http/route";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const MANIFEST = path.join(ROOT, ".next/server/app-paths-manifest.json");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** "key": a relay path that checks the caller's key; "token": guarded by a token of its own. */
export type Policy = Who | "key" | "token";

export interface DeclaredRoute {
  /** As the manifest of the build names it. */
  entry: string;
  /** Address with "x" for each parameter. */
  address: string;
  kind: "page" | "route";
  /** Method to policy; pages have GET only. Methods that are not served are absent. */
  methods: Readonly<Record<string, Policy>>;
}

/** What is not made by `route` of lib/server/http, and pages, whose part of the app decides. */
const BY_PLACE: readonly (readonly [RegExp, Policy])[] = [
  [/^\/\(relay\)\/.*route$/, "key"],
  [/^\/api\/health\/(live|ready)\/route$/, "anyone"],
  [/^\/api\/metrics\/route$/, "token"],
  [/^\/\((site|auth)\)\/.*page$/, "anyone"],
  [/^\/_(not-found|global-error|forbidden)\/page$/, "anyone"],
  [/^\/\(portal\)\/.*page$/, "member"],
  [/^\/\(admin\)\/admin\/.*page$/, "admin"],
];

/**
 * Every page and route of the build with its declared policy.
 * @throws when one of them has none
 */
export async function declaredPolicies(): Promise<DeclaredRoute[]> {
  const manifest: Record<string, string> = JSON.parse(readFileSync(MANIFEST, "utf8"));
  return Promise.all(Object.keys(manifest).sort().map(declared));
}

async function declared(entry: string): Promise<DeclaredRoute> {
  const kind = entry.endsWith("/page") ? "page" : "route";
  const address = addressOf(entry);
  const placed = BY_PLACE.find(([pattern]) => pattern.test(entry))?.[1];
  if (placed) return { entry, address, kind, methods: { GET: placed } };
  return { entry, address, kind, methods: await methodsOf(entry) };
}

async function methodsOf(entry: string): Promise<Record<string, Policy>> {
  const file = path.join(ROOT, "app", `${entry}.ts`);
  if (!existsSync(file)) throw new Error(`${entry} has no declared policy.`);
  const module: Record<string, unknown> = await import(file);
  const methods: Record<string, Policy> = {};
  for (const method of METHODS) {
    if (!module[method]) continue;
    const who = policyOf(module[method]);
    if (!who) throw new Error(`${method} of ${entry} has no declared policy.`);
    methods[method] = who;
  }
  return methods;
}

function addressOf(entry: string): string {
  const pieces = entry.split("/").slice(0, -1);
  const shown = pieces.filter((piece) => !/^\(.*\)$/.test(piece) && !piece.startsWith("[[..."));
  return shown.map((piece) => (piece.startsWith("[") ? "x" : piece)).join("/") || "/";
}
