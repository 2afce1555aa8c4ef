import { randomBytes } from "node:crypto";
import { insertSession } from "../../db/sessions";
import { findUserProfile, insertUser } from "../../db/users";
import { type Container, makeContainer } from "../../server/container";
import { readEnv } from "../../server/env";
import { processSlot } from "../../server/process-slot";
import { hashPassword } from "../../services/auth/password";
import type { Context } from "../../services/context";
import { newId } from "../../shared/ids";
import { createTestDatabase } from "./test-database";

export const TEST_PASSWORD = "correct horse battery staple";

export interface TestPerson {
  id: string;
  email: string;
  sessionId: string;
  /** The world as this person sees it. */
  ctx: Context;
}

export interface PortalWorld {
  container: Container;
  db: Container["db"];
  /** The world as somebody sees it who is not signed in. */
  stranger(ip?: string): Context;
  cli: Context;
  member(): Promise<TestPerson>;
  admin(): Promise<TestPerson>;
  close(): Promise<void>;
}

/**
 * A whole portal without its server: own database, own prefix in Redis, everything else real. It is
 * also what `getContainer()` answers in this test process.
 */
export async function portalWorld(): Promise<PortalWorld> {
  const database = await createTestDatabase();
  const secret = () => randomBytes(32).toString("base64");
  const prefix = `test-${newId("process")}`;
  const env = readEnv({
    NODE_ENV: "test",
    DATABASE_URL: database.url,
    REDIS_URL: process.env.TEST_REDIS_URL,
    REDIS_PREFIX: prefix,
    ENCRYPTION_KEY: secret(),
    SESSION_SECRET: secret(),
    LOG_LEVEL: "silent",
  });
  const container = makeContainer(env);
  processSlot<Container>("container").set(container);
  const passwordHash = await hashPassword(TEST_PASSWORD);

  async function person(role: "member" | "admin"): Promise<TestPerson> {
    const email = `${newId("user").toLowerCase()}@example.org`;
    const user = { email, name: `A ${role}`, passwordHash, role };
    const id = await insertUser(container.db, user);
    const profile = id && (await findUserProfile(container.db, id));
    if (!profile) throw new Error("The test's user could not be made.");
    const expiresAt = new Date(Date.now() + 3_600_000);
    const session = { userId: profile.id, expiresAt, ip: "192.0.2.1", userAgent: "test" };
    const sessionId = await insertSession(container.db, session);
    const actor = { kind: "user", user: profile, sessionId, ip: "192.0.2.1" } as const;
    return { id: profile.id, email, sessionId, ctx: container.context(actor) };
  }

  return {
    container,
    db: container.db,
    stranger: (ip = "198.51.100.7") => container.context({ kind: "anonymous", ip }),
    cli: container.context({ kind: "cli" }),
    member: () => person("member"),
    admin: () => person("admin"),
    async close() {
      const redis = container.redis.commands;
      const names = await redis.keys(`${prefix}:*`);
      if (names.length > 0) await redis.del(...names);
      await container.stop();
      await database.drop();
    },
  };
}

/** The code with which something was refused; "none" when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "none",
    (error: { code?: string }) => error.code ?? String(error),
  );
}
