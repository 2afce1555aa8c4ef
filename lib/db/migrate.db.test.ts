import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { applyMigrations } from "./migrate";

const ADMIN_URL = process.env.TEST_DATABASE_URL ?? "";

let folder: string;
let databaseUrl: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrations-"));
  database = `migrate_${crypto.randomUUID().slice(0, 8)}`;
  const url = new URL(ADMIN_URL);
  url.pathname = `/${database}`;
  databaseUrl = url.toString();
  write(
    "1_first",
    "CREATE TABLE a (id int);\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;",
  );
  write("2_second", "CREATE TABLE b (id int);");
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await query(ADMIN_URL, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
});

function write(name: string, sql: string) {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

const migrate = () => applyMigrations({ databaseUrl, folder, log: () => undefined });

it("makes the database and applies every migration in order, once", async () => {
  expect(await migrate()).toEqual(["1_first", "2_second"]);
  expect(await migrate()).toEqual([]);
  const book = await query(
    databaseUrl,
    `SELECT migration_name AS name, length(checksum) AS size, applied_steps_count AS steps,
            finished_at >= started_at AS finished FROM _prisma_migrations ORDER BY started_at`,
  );
  expect(book).toEqual([
    { name: "1_first", size: 64, steps: 1, finished: true },
    { name: "2_second", size: 64, steps: 1, finished: true },
  ]);
});

it("applies each migration exactly once when several processes start together", async () => {
  const results = await Promise.all([migrate(), migrate(), migrate(), migrate()]);
  expect(results.flat().sort()).toEqual(["1_first", "2_second"]);
});

it("refuses when an applied migration was edited", async () => {
  await migrate();
  write("1_first", "CREATE TABLE a (id bigint);");
  await expect(migrate()).rejects.toMatchObject({ code: "conflict" });
});

it("undoes a migration that fails and applies it after it was mended", async () => {
  write("2_second", "CREATE TABLE b (id int); SELECT nonsense;");
  await expect(migrate()).rejects.toThrow(/2_second failed and was undone/);
  expect(await query(databaseUrl, "SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
  write("2_second", "CREATE TABLE b (id int);");
  expect(await migrate()).toEqual(["2_second"]);
});

it("refuses when another tool left a migration unfinished", async () => {
  await migrate();
  await query(
    databaseUrl,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '3_third')`,
  );
  await expect(migrate()).rejects.toThrow(/3_third/);
});
