import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "../generated/prisma/client";

/** A client or an open transaction: what every repository function takes first. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** The client itself, which can open transactions. */
export type DbClient = PrismaClient;

/**
 * A lazily connecting client on a pool of at most `maxConnections`. Statements that run longer than
 * five seconds are ended by the server, so that one bad filter cannot hold the pool.
 */
export function openDb(databaseUrl: string, maxConnections = 10): DbClient {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 5_000,
    application_name: "relay-portal",
  });
  // Callers queue for a connection under load; the statement limit above still bounds each step.
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}
