import { newId } from "../shared/ids";
import type { Db } from "./client";
import { json } from "./json";

interface ChannelFields {
  name?: string | undefined;
  events?: string[] | undefined;
  locale?: string | undefined;
  enabled?: boolean | undefined;
  settings?: unknown;
  sealed?: string | undefined;
}

/** All channels, by name; more than a hundred were never seen. */
export async function listChannelRows(db: Db) {
  return db.notificationChannel.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }], take: 100 });
}

export async function findChannelRow(db: Db, id: string) {
  return db.notificationChannel.findUnique({ where: { id } });
}

export type ChannelRow = NonNullable<Awaited<ReturnType<typeof findChannelRow>>>;

/** The id under which a new channel's secret is sealed. */
export function newChannelId(): string {
  return newId("channel");
}

export async function insertChannel(
  db: Db,
  id: string,
  kind: string,
  { settings, name = "", ...fields }: ChannelFields,
): Promise<void> {
  await db.notificationChannel.create({
    data: { id, kind, name, ...fields, settings: json(settings ?? {}) },
  });
}

export async function updateChannelRow(
  db: Db,
  id: string,
  { settings, ...fields }: ChannelFields,
): Promise<void> {
  const data = { ...fields, ...(settings !== undefined && { settings: json(settings) }) };
  await db.notificationChannel.update({ where: { id }, data });
}

export async function deleteChannelRow(db: Db, id: string): Promise<void> {
  await db.notificationChannel.delete({ where: { id } });
}

/** The newest delivery of each channel that was not skipped. */
export async function findLastDeliveries(db: Db) {
  const rows = await db.notificationDelivery.findMany({
    where: { state: { not: "skipped" } },
    orderBy: [{ channelId: "asc" }, { createdAt: "desc" }],
    distinct: ["channelId"],
  });
  return new Map(rows.map((row) => [row.channelId, row]));
}

interface Untold {
  event_id: string;
  channel_id: string;
  account_id: string;
  kind: string;
  at: Date;
}

/**
 * Events since a moment that a channel wants to know and that nothing is written down about yet, oldest first,
 * at most `take`. A channel is told nothing that happened before it was made.
 */
export async function listUntoldEvents(db: Db, since: Date, take: number): Promise<Untold[]> {
  return db.$queryRaw<Untold[]>`
    SELECT e.id AS event_id, c.id AS channel_id, e.account_id, e.kind, e.at
    FROM account_event e
    JOIN notification_channel c ON c.enabled AND e.kind = ANY(c.events) AND e.at >= c.created_at
    LEFT JOIN notification_delivery d ON d.channel_id = c.id AND d.event_id = e.id
    WHERE e.at >= ${since} AND d.event_id IS NULL ORDER BY e.at, e.id LIMIT ${take}`;
}

/** The newest message of a channel about an account that was sent or is to be sent; null without one. */
export async function findLastTold(db: Db, channelId: string, accountId: string) {
  return db.notificationDelivery.findFirst({
    where: { channelId, accountId, state: { not: "skipped" } },
    orderBy: { eventAt: "desc" },
    select: { kind: true, eventAt: true },
  });
}

/** Writes down what becomes of an event; false when another process did. */
export async function insertDelivery(
  db: Db,
  delivery: {
    eventId: string;
    channelId: string;
    accountId: string;
    kind: string;
    eventAt: Date;
    state: "due" | "skipped";
  },
): Promise<boolean> {
  const { count } = await db.notificationDelivery.createMany({
    data: [delivery],
    skipDuplicates: true,
  });
  return count === 1;
}

interface Due {
  event_id: string;
  channel_id: string;
  attempts: number;
}

/**
 * Takes due deliveries for one process: until `until` no other takes them, so that a message whose sender
 * died is sent by somebody else then.
 */
export async function claimDeliveries(db: Db, now: Date, until: Date, take: number) {
  return db.$queryRaw<Due[]>`
    UPDATE notification_delivery SET attempts = attempts + 1, next_at = ${until}
    WHERE (channel_id, event_id) IN (
      SELECT channel_id, event_id FROM notification_delivery
      WHERE state = 'due' AND next_at <= ${now} ORDER BY next_at LIMIT ${take}
      FOR UPDATE SKIP LOCKED)
    RETURNING event_id, channel_id, attempts`;
}

/** Notes how a try went. */
export async function noteDelivery(
  db: Db,
  { eventId, channelId }: { eventId: string; channelId: string },
  outcome: { state: string; lastError: string; nextAt?: Date; sentAt?: Date },
): Promise<void> {
  await db.notificationDelivery.updateMany({ where: { channelId, eventId }, data: outcome });
}

/** What a message about an event is made of; null when the event is gone. */
export async function findToldEvent(db: Db, id: string) {
  return db.accountEvent.findUnique({
    where: { id },
    include: { account: { select: { id: true, name: true, provider: true } } },
  });
}

/** Forgets old deliveries; those that are still due stay. */
export async function dropDeliveries(db: Db, before: Date): Promise<void> {
  await db.notificationDelivery.deleteMany({
    where: { createdAt: { lt: before }, state: { not: "due" } },
  });
}
