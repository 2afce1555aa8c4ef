import type { NotifiedEvent } from "../../contracts/notifications";
import {
  claimDeliveries,
  dropDeliveries,
  findChannelRow,
  findLastTold,
  findToldEvent,
  insertDelivery,
  listUntoldEvents,
  noteDelivery,
} from "../../db/notifications";
import { providerOf } from "../../relay/providers/registry";
import type { Context } from "../context";
import { channelKindOf } from "./kinds/registry";
import { localeOf } from "./locale-of";
import { openChannelSecret, postMessage } from "./post-message";
import { messageWords } from "./words";

const DAY_MS = 86_400_000;
/** Events are booked within seconds; after a long outage those of a day are still told. */
const LOOK_BACK_MS = DAY_MS;
const KEEP_MS = 14 * DAY_MS;
const AT_ONCE = 200;
const SENT_AT_ONCE = 20;
/** The same of one account is told at most this often. */
const QUIET_MS = 10 * 60_000;
/** A process that took a message has this long before another takes it. */
const CLAIM_MS = 60_000;
/** Waits before the tries after the first: about ten minutes in all. */
const WAITS_MS = [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 240_000];

type World = Pick<Context, "db" | "clock" | "vault" | "outbound" | "publicUrl">;

/**
 * Tells channels what happened to accounts. What has to be told is written down first, so that a message
 * is sent at least once whatever dies meanwhile; one that is sent twice carries the same id.
 */
export async function deliverNotifications(world: World): Promise<void> {
  await planDeliveries(world);
  await sendDue(world);
}

async function planDeliveries({ db, clock }: World): Promise<void> {
  const nowMs = clock.nowMs();
  for (const untold of await listUntoldEvents(db, new Date(nowMs - LOOK_BACK_MS), AT_ONCE)) {
    const { event_id: eventId, channel_id: channelId, account_id: accountId, kind, at } = untold;
    const last = await findLastTold(db, channelId, accountId);
    const state = isNews(kind, at, last) ? "due" : "skipped";
    await insertDelivery(db, { eventId, channelId, accountId, kind, eventAt: at, state });
  }
  await dropDeliveries(db, new Date(nowMs - KEEP_MS));
}

/** A recovery is news after a trouble that was told; the same trouble is none for some minutes. */
function isNews(kind: string, at: Date, last: { kind: string; eventAt: Date } | null): boolean {
  if (kind === "recovered") return last !== null && last.kind !== "recovered";
  if (last?.kind !== kind) return true;
  return at.getTime() - last.eventAt.getTime() >= QUIET_MS;
}

async function sendDue(world: World): Promise<void> {
  const { db, clock } = world;
  const nowMs = clock.nowMs();
  const due = await claimDeliveries(db, new Date(nowMs), new Date(nowMs + CLAIM_MS), SENT_AT_ONCE);
  await Promise.all(
    due.map(({ event_id: eventId, channel_id: channelId, attempts }) =>
      sendOne(world, { eventId, channelId }, attempts),
    ),
  );
}

async function sendOne(
  world: World,
  delivery: { eventId: string; channelId: string },
  attempts: number,
): Promise<void> {
  const { db, clock } = world;
  const outcome = await post(world, delivery);
  const sentAt = new Date(clock.nowMs());
  if (outcome.ok) return noteDelivery(db, delivery, { state: "sent", lastError: "", sentAt });
  const wait = WAITS_MS[attempts - 1];
  const lastError = [outcome.status, outcome.detail].filter(Boolean).join(" ");
  if (wait === undefined) return noteDelivery(db, delivery, { state: "failed", lastError });
  const nextAt = new Date(clock.nowMs() + wait);
  await noteDelivery(db, delivery, { state: "due", lastError, nextAt });
}

async function post(
  { db, clock, vault, outbound, publicUrl }: World,
  { eventId, channelId }: { eventId: string; channelId: string },
) {
  const [channel, event] = await Promise.all([
    findChannelRow(db, channelId),
    findToldEvent(db, eventId),
  ]);
  const kind = channel && channelKindOf(channel.kind);
  if (!channel?.enabled || !kind || !event) {
    return { ok: false, status: null, detail: "The channel or the account is gone." };
  }
  const { account } = event;
  const told = {
    account: account.name,
    kind: event.kind as NotifiedEvent,
    evidence: event.evidence,
    untilMs: event.untilAt?.getTime() ?? null,
  };
  const message = {
    id: event.id,
    type: `account.${event.kind}`,
    atMs: event.at.getTime(),
    ...messageWords(localeOf(channel), told),
    url: `${publicUrl}/admin/accounts/${account.id}`,
    account: {
      id: account.id,
      name: account.name,
      kind: providerOf(account.provider)?.label ?? "",
    },
  };
  const secret = openChannelSecret(vault, channel.id, channel.sealed);
  const { id, settings } = channel;
  return postMessage(outbound, kind, { id, settings, secret }, message, clock.nowMs());
}
