import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { ExportPoolBody, ImportBody, MAX_IMPORT_BYTES } from "../../contracts/imports";
import { exportPool } from "../../services/imports/export-pool";
import { previewImport, runImport } from "../../services/imports/run-import";
import { listImports } from "../../services/imports/show-import";
import { undoImport } from "../../services/imports/undo-import";
import { resolveUser } from "../../services/users/resolve-user";
import { AppError } from "../../shared/errors";
import { type CliWorld, checked, type Given, type Verb } from "./verb";

const SOURCE_FLAGS = {
  file: { value: "<path>", help: "An export of claude-relay-service, or of a portal like this" },
  url: { value: "<address>", help: "A running claude-relay-service instead; tells no keys" },
  user: { value: "<name>", help: "Its admin, with --url" },
  "password-file": { value: "<path>", help: "File with that admin's password, with --url" },
  "pepper-file": {
    value: "<path>",
    help: "File with claude-relay-service's ENCRYPTION_KEY; its keys stay valid with it",
  },
  "antigravity-secret-file": {
    value: "<path>",
    help: "File with the secret of Antigravity's client, for accounts of that kind",
  },
  owner: { value: "<e-mail>", help: "Whose the keys become that belong to nobody here" },
};

/** Importing another portal's accounts and keys, and exporting the own pool. */
export const IMPORT_VERBS: readonly Verb[] = [
  {
    words: "import preview",
    purpose: "Tell what an import would do, and do nothing.",
    flags: SOURCE_FLAGS,
    async run({ ctx, start }, given) {
      await start();
      return previewImport(ctx, await bodyOf(ctx, given));
    },
  },
  {
    words: "import run",
    purpose: "Take accounts and keys over that are not here yet.",
    flags: SOURCE_FLAGS,
    async run({ ctx, start }, given) {
      await start();
      return runImport(ctx, await bodyOf(ctx, given));
    },
  },
  {
    words: "import list",
    purpose: "List the newest imports with what they did.",
    flags: {},
    run: ({ ctx }) => listImports(ctx),
  },
  {
    words: "import undo",
    purpose: "Take back what an import made and nobody used or changed since.",
    argument: "import id",
    flags: {},
    run: ({ ctx }, { argument }) => undoImport(ctx, { id: argument }),
  },
  {
    words: "pool export",
    purpose: "Print the pool as a file that another portal imports.",
    flags: { secrets: { value: "include|omit", help: "omit when absent" } },
    async run({ ctx }, given) {
      const secrets = given.one("secrets") ?? "omit";
      if (secrets !== "include" && secrets !== "omit") {
        throw new AppError("invalid_request", "--secrets takes include or omit.");
      }
      return exportPool(ctx, checked(ExportPoolBody, { withSecrets: secrets === "include" }));
    },
  },
];

async function bodyOf(ctx: CliWorld["ctx"], given: Given) {
  const owner = given.one("owner");
  return checked(ImportBody, {
    from: await sourceOf(given),
    ownerId: owner === undefined ? undefined : await resolveUser(ctx, owner),
    pepper: await secretOf(given, "pepper-file"),
    antigravitySecret: await secretOf(given, "antigravity-secret-file"),
  });
}

/** A secret stands in a file: what is typed on a command line is seen by everybody on the machine. */
async function secretOf(given: Given, flag: string): Promise<string | undefined> {
  const file = given.one(flag);
  return file === undefined ? undefined : (await textOf(file)).trim();
}

async function sourceOf(given: Given) {
  const file = given.one("file");
  if (file !== undefined) {
    return { kind: "file" as const, name: path.basename(file), file: await jsonOf(file) };
  }
  return {
    kind: "live" as const,
    url: given.demand("url"),
    username: given.demand("user"),
    password: (await textOf(given.demand("password-file"))).trim(),
  };
}

async function jsonOf(file: string): Promise<Record<string, unknown>> {
  const text = await textOf(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", `${file} is no JSON.`, {}, cause);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_IMPORT_BYTES) throw new AppError("too_large", `${file} is too large.`);
    return await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid_request", `${file} cannot be read.`, {}, cause);
  }
}
