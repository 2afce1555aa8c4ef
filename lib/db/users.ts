import { newId } from "../shared/ids";
import type { Db } from "./client";
import { containing } from "./like";

export interface NewUser {
  email: string;
  name: string;
  passwordHash: string;
  role: "member" | "admin";
  locale?: string | undefined;
  timeZone?: string | undefined;
}

const PROFILE = {
  id: true,
  email: true,
  name: true,
  role: true,
  status: true,
  locale: true,
  timeZone: true,
} as const;

const LIMITS = {
  dailyLimitMicroUsd: true,
  weeklyLimitMicroUsd: true,
  monthlyLimitMicroUsd: true,
  totalLimitMicroUsd: true,
  concurrencyLimit: true,
} as const;

const LISTED = {
  ...PROFILE,
  ...LIMITS,
  createdAt: true,
  lastSignInAt: true,
  _count: { select: { keys: { where: { revokedAt: null } } } },
} as const;

/** Adds an active user; null when the address is taken. The address is already in lower case. */
export async function insertUser(db: Db, user: NewUser): Promise<string | null> {
  const id = newId("user");
  const made = await db.user.createManyAndReturn({
    data: [{ id, ...user }],
    skipDuplicates: true,
    select: { id: true },
  });
  return made.length === 1 ? id : null;
}

/** What signing in needs to know. */
export async function findSignInUser(db: Db, email: string) {
  return db.user.findUnique({
    where: { email },
    select: { ...PROFILE, passwordHash: true },
  });
}

/** The same by id, for changing a password. */
export async function findPasswordHash(db: Db, id: string): Promise<string | null> {
  const user = await db.user.findUnique({ where: { id }, select: { passwordHash: true } });
  return user?.passwordHash ?? null;
}

export async function findUserIdByEmail(db: Db, email: string): Promise<string | null> {
  const user = await db.user.findUnique({ where: { email }, select: { id: true } });
  return user?.id ?? null;
}

export async function findUserProfile(db: Db, id: string) {
  return db.user.findUnique({ where: { id }, select: PROFILE });
}

export async function findUserRow(db: Db, id: string) {
  return db.user.findUnique({ where: { id }, select: LISTED });
}

export async function findUserLimits(db: Db, id: string) {
  return db.user.findUnique({ where: { id }, select: LIMITS });
}

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUserRow>>>;

export interface UserChanges {
  name?: string | undefined;
  role?: "member" | "admin" | undefined;
  status?: "active" | "disabled" | undefined;
  locale?: string | undefined;
  timeZone?: string | undefined;
  passwordHash?: string | undefined;
  lastSignInAt?: Date | undefined;
  dailyLimitMicroUsd?: bigint | null | undefined;
  weeklyLimitMicroUsd?: bigint | null | undefined;
  monthlyLimitMicroUsd?: bigint | null | undefined;
  totalLimitMicroUsd?: bigint | null | undefined;
  concurrencyLimit?: number | null | undefined;
}

export async function updateUserRow(db: Db, id: string, changes: UserChanges): Promise<void> {
  await db.user.update({ where: { id }, data: changes });
}

interface UserFilter {
  search?: string | undefined;
  role?: "member" | "admin" | undefined;
  status?: "pending" | "active" | "disabled" | undefined;
}

/** Users after a place, newest first, at most `take`. */
export async function listUserRows(
  db: Db,
  { search, role, status }: UserFilter,
  after: { at: Date; id: string } | null,
  take: number,
): Promise<UserRow[]> {
  const text = search ? containing(search) : null;
  return db.user.findMany({
    where: {
      role,
      status,
      AND: [
        text ? { OR: [{ email: text }, { name: text }] } : {},
        after
          ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }
          : {},
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
    select: LISTED,
  });
}

/** Has the portal an admin who can sign in? */
export async function hasAdmin(db: Db): Promise<boolean> {
  return (await db.user.count({ where: { role: "admin", status: "active" }, take: 1 })) > 0;
}

/** Active admins besides one user: the last of them must stay. */
export async function countOtherAdmins(db: Db, id: string): Promise<number> {
  return db.user.count({ where: { role: "admin", status: "active", id: { not: id } } });
}

export async function countUsers(db: Db): Promise<number> {
  return db.user.count({ where: { status: { not: "disabled" } } });
}

/** Name and address of users by id. */
export async function findUserNames(db: Db, ids: readonly string[]) {
  const users = await db.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(users.map((user) => [user.id, user]));
}

/**
 * Holds every other caller of this name back until the transaction ends: for decisions on "how many
 * admins are there" that must not be made twice at once.
 */
export async function lockAdmins(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(72707401)`;
}
