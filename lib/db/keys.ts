import type { Prisma } from "../generated/prisma/client";
import { newId } from "../shared/ids";
import type { Db } from "./client";
import { json, jsonOrNull } from "./json";
import { containing } from "./like";

const WHOLE = {
  secrets: {
    orderBy: { createdAt: "desc" },
    select: { start: true, createdAt: true, validUntil: true },
  },
  owner: { select: { id: true, email: true, name: true } },
} as const;

/** Fields of a key that people set. JSON columns are given as plain values. */
export interface KeyFields {
  name?: string | undefined;
  note?: string | undefined;
  tags?: string[] | undefined;
  pausedAt?: Date | null | undefined;
  revokedAt?: Date | undefined;
  expiresAt?: Date | null | undefined;
  lifetimeSeconds?: number | null | undefined;
  faces?: string[] | undefined;
  modelRule?: unknown;
  modelMap?: unknown;
  allowedClients?: string[] | undefined;
  ipAllow?: string[] | undefined;
  binding?: unknown;
  concurrencyLimit?: number | null | undefined;
  rateWindowSeconds?: number | null | undefined;
  rateWindowRequests?: number | null | undefined;
  dailyLimitMicroUsd?: bigint | null | undefined;
  weeklyLimitMicroUsd?: bigint | null | undefined;
  monthlyLimitMicroUsd?: bigint | null | undefined;
  totalLimitMicroUsd?: bigint | null | undefined;
  ratePpm?: bigint | undefined;
  ownerMayEdit?: boolean | undefined;
}

export interface NewSecret {
  hash: string;
  start: string;
  /** Of an imported key whose hash has a pepper behind it. */
  pepperId?: string;
}

/** Adds a key with its first secret. Answers its id. */
export async function insertKey(
  db: Db,
  ownerId: string,
  fields: KeyFields & { name: string },
  secret: NewSecret,
): Promise<string> {
  const id = newId("key");
  const { name, ...rest } = columns(fields);
  await db.apiKey.create({
    data: { ...rest, id, ownerId, name: fields.name, secrets: { create: secret } },
  });
  return id;
}

export async function findKeyRow(db: Db, id: string) {
  return db.apiKey.findUnique({ where: { id }, include: WHOLE });
}

export type KeyRow = NonNullable<Awaited<ReturnType<typeof findKeyRow>>>;

/** All keys of one owner, newest first; nobody reads more than the first thousand. */
export async function listKeysOf(db: Db, ownerId: string): Promise<KeyRow[]> {
  return db.apiKey.findMany({
    where: { ownerId },
    include: WHOLE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 1_000,
  });
}

/** Keys of everybody after a place, newest first, at most `take`. */
export async function listKeyRows(
  db: Db,
  filter: { search?: string | undefined; ownerId?: string | undefined },
  after: { at: Date; id: string } | null,
  take: number,
): Promise<KeyRow[]> {
  const text = filter.search ? containing(filter.search) : null;
  const bySearch: Prisma.ApiKeyWhereInput = text
    ? { OR: [{ name: text }, { owner: { email: text } }, { secrets: { some: { start: text } } }] }
    : {};
  const byPlace: Prisma.ApiKeyWhereInput = after
    ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }
    : {};
  return db.apiKey.findMany({
    where: { ownerId: filter.ownerId, AND: [bySearch, byPlace] },
    include: WHOLE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
  });
}

export async function updateKeyRow(db: Db, id: string, fields: KeyFields): Promise<void> {
  await db.apiKey.update({ where: { id }, data: columns(fields) });
}

/** Adds a secret and lets all earlier ones end at `until`, if they do not end before. */
export async function replaceKeySecret(
  db: Db,
  keyId: string,
  secret: NewSecret,
  until: Date,
): Promise<void> {
  await db.apiKeySecret.updateMany({
    where: { keyId, OR: [{ validUntil: null }, { validUntil: { gt: until } }] },
    data: { validUntil: until },
  });
  await db.apiKeySecret.create({ data: { ...secret, keyId } });
}

/** Keys with this id, or with a secret that starts so; at most `take`. */
export async function findKeysByIdOrStart(db: Db, text: string, take: number) {
  return db.apiKey.findMany({
    where: { OR: [{ id: text }, { secrets: { some: { start: text } } }] },
    select: { id: true },
    take,
  });
}

export async function findKeyNames(db: Db, ids: readonly string[]) {
  const keys = await db.apiKey.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(keys.map((key) => [key.id, key]));
}

/** Keys that are neither paused nor revoked, of one owner or of all. */
export async function countLiveKeys(db: Db, ownerId?: string): Promise<number> {
  return db.apiKey.count({ where: { ownerId, revokedAt: null, pausedAt: null } });
}

function columns({ modelRule, modelMap, binding, ...plain }: KeyFields) {
  return {
    ...plain,
    ...(modelRule !== undefined && { modelRule: jsonOrNull(modelRule) }),
    ...(modelMap !== undefined && { modelMap: json(modelMap) }),
    ...(binding !== undefined && { binding: jsonOrNull(binding) }),
  };
}

/** When a key was made; null when there is none of that id. */
export async function findKeyCreation(db: Db, id: string): Promise<Date | null> {
  const key = await db.apiKey.findUnique({ where: { id }, select: { createdAt: true } });
  return key?.createdAt ?? null;
}
