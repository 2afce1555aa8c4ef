import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { AppError } from "../shared/errors";

/** The lock that Prisma's own command takes: the two never apply migrations at the same time. */
const LOCK = 72707369;

const BOOK = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface Options {
  databaseUrl: string;
  /** The folder that holds one folder per migration, each with its `migration.sql`. */
  folder: string;
  log: (line: string) => void;
}

/**
 * Brings a database up to date, making it when it is absent, and keeps Prisma's own book of what
 * was applied, so that `prisma migrate status` agrees. Each migration is one transaction together
 * with its entry: it is there whole or not at all, and an interrupted run can simply be repeated.
 * Of several callers at the same time one applies; the others wait and find nothing to do.
 * @returns the names of the migrations applied by this call
 * @throws AppError `conflict` when an applied migration was edited, or one is recorded unfinished
 */
export async function applyMigrations({ databaseUrl, folder, log }: Options): Promise<string[]> {
  await createIfAbsent(databaseUrl, log);
  return withClient(databaseUrl, async (client) => {
    // Ends with the session, so that a killed process leaves no lock behind.
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(BOOK);
    const pending = await pendingMigrations(client, readMigrations(folder));
    for (const migration of pending) {
      await apply(client, migration);
      log(`Applied migration ${migration.name}`);
    }
    return pending.map(({ name }) => name);
  });
}

async function createIfAbsent(databaseUrl: string, log: (line: string) => void) {
  const database = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  try {
    await withClient(databaseUrl, async () => undefined);
    return;
  } catch (error) {
    if (codeOf(error) !== "3D000") throw error;
  }
  const maintenance = new URL(databaseUrl);
  maintenance.pathname = "/postgres";
  await withClient(maintenance.toString(), async (client) => {
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
      log(`Created database ${database}`);
    } catch (error) {
      // 42P04 and 23505: another caller was quicker.
      if (codeOf(error) !== "42P04" && codeOf(error) !== "23505") throw error;
    }
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // The query in progress fails with the same error; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

async function pendingMigrations(client: pg.Client, migrations: Migration[]) {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  const unfinished = rows.find(({ finished }) => !finished);
  if (unfinished) {
    throw new AppError(
      "conflict",
      `Migration ${unfinished.name} was begun and never finished. Look at the database, then run: npx prisma migrate resolve --help`,
    );
  }
  const edited = migrations.find(({ name, checksum }) => {
    const row = applied.get(name);
    return row !== undefined && row.checksum !== checksum;
  });
  if (edited) {
    throw new AppError(
      "conflict",
      `Migration ${edited.name} was changed after it had been applied here. Restore its file; write a new migration instead.`,
    );
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  const id = randomUUID();
  await client.query("BEGIN");
  try {
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at)
       VALUES ($1, $2, $3, clock_timestamp())`,
      [id, checksum, name],
    );
    await client.query(sql);
    await client.query(
      `UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1
        WHERE id = $1`,
      [id],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("internal", `Migration ${name} failed and was undone: ${reason}`, {}, cause);
  }
}
