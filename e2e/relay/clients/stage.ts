import { expect } from "vitest";
import type { BookEntry } from "../../../lib/testing/upstream/book";
import { type FakeUpstream, startFakeUpstream } from "../../../lib/testing/upstream/server";
import { UPSTREAMS, type UpstreamId } from "../matrix/stage";
import { type Portal, startPortal } from "../support/portal";
import { type RequestRecord, total, untilRecorded } from "../support/records";
import type { ClientRun } from "./run";

export const UPSTREAM_IDS = Object.keys(UPSTREAMS) as UpstreamId[];

/** What the book calls generating, whole or streamed. */
const GENERATING: ReadonlySet<string> = new Set(["generate", "stream"]);

/** Turns of the loop that the fake plays with a shell tool; the last one tells the results. */
const TURNS = 3;

/**
 * The name under which a client reaches an account of that kind with a model of its own: what it knows
 * of `model` by the beginning of the name still holds.
 */
export const on = (upstream: UpstreamId, model: string) => `${model}-on-${upstream}`;

/** One portal with an account of each upstream kind, for the real clients. */
export interface ClientStage {
  portal: Portal;
  upstream: FakeUpstream;
  key: string;
  /** What was asked of the upstream to generate since the last look, all of it accepted and recorded alike. */
  news(): Promise<{ entries: BookEntry[]; records: RequestRecord[] }>;
  /** The run ended well after a tool loop whose results its last words tell. */
  expectLoop(run: ClientRun, upstream: UpstreamId): Promise<RequestRecord[]>;
  stop(): Promise<void>;
}

/** The models that the accounts serve: of the clients' own generation. */
const SENT: Readonly<Record<UpstreamId, string>> = {
  anthropic: "claude-opus-5-5",
  gemini: "gemini-3-pro-preview",
  "openai-chat": "gpt-5.5",
  "openai-responses": "gpt-5.5",
};

/** `sent` names other models for some of the accounts. */
export async function setClientStage(
  sent: Partial<Record<UpstreamId, string>> = {},
): Promise<ClientStage> {
  const upstream = await startFakeUpstream();
  const portal = await startPortal({ relayOnly: true });
  await portal.createUser("ada@example.com");
  const key = await portal.createKey("ada@example.com", "laptop");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  for (const id of UPSTREAM_IDS) {
    const { provider, apiKey, path } = UPSTREAMS[id];
    const model = sent[id] ?? SENT[id];
    await portal.addAccount({
      provider,
      name: id,
      settings: { baseUrl: `${upstream.url}${path}` },
      secrets: { apiKey },
      map: { [`*-on-${id}`]: model, [model]: model },
    });
  }
  const news = newsOf(upstream, portal);
  return {
    portal,
    upstream,
    key,
    news,
    async expectLoop(run, id) {
      expect(run.exitCode, run.stderr + run.stdout).toBe(0);
      const { entries, records } = await news();
      expect(entries.length).toBeGreaterThanOrEqual(TURNS);
      expect(new Set(entries.map(({ protocol }) => protocol))).toEqual(new Set([id]));
      const told = run.stdout.split("The tools answered:").at(-1);
      const printed = printedBy(upstream, entries);
      expect(printed, run.stdout).toHaveLength(TURNS - 1);
      for (const number of printed) expect(told).toContain(number);
      return records;
    },
    async stop() {
      await portal.stop();
      await upstream.close();
    },
  };
}

/** Compares what is new in the upstream's book with the portal's records of it. */
function newsOf(upstream: FakeUpstream, portal: Portal): ClientStage["news"] {
  let seenEntries = 0;
  let seenRecords = 0;
  return async () => {
    const all = upstream.book.entries().filter(({ action }) => GENERATING.has(action));
    const entries = all.slice(seenEntries);
    const records = (await untilRecorded(portal, seenRecords + entries.length)).slice(seenRecords);
    seenEntries = all.length;
    seenRecords += records.length;
    expect(entries.filter(({ status, refusal }) => status !== 200 || refusal !== null)).toEqual([]);
    expect(records).toHaveLength(entries.length);
    expect(records.map(({ outcome }) => outcome)).toEqual(records.map(() => "complete"));
    const sum = (bucket: "input" | "cacheRead" | "output") =>
      entries.reduce((sofar, { plannedUsage }) => sofar + (plannedUsage?.[bucket] ?? 0), 0);
    expect(total(records, "inputTokens")).toBe(sum("input"));
    expect(total(records, "cacheReadTokens")).toBe(sum("cacheRead"));
    expect(total(records, "outputTokens")).toBe(sum("output"));
    return { entries, records };
  };
}

/** The numbers that the model had the client's shell print, as the longest conversation holds them. */
function printedBy(upstream: FakeUpstream, entries: readonly BookEntry[]): string[] {
  const hashes = new Set(entries.map(({ requestBytesSha256 }) => requestBytesSha256));
  const bodies = upstream.requests.all().filter(({ bodySha256 }) => hashes.has(bodySha256));
  const perBody = bodies.map(({ body }) => {
    const found = body?.toString("utf8").matchAll(/\becho (\d{4})\b/g) ?? [];
    return [...new Set([...found].map(([, number]) => number ?? ""))];
  });
  return perBody.reduce((most, one) => (one.length > most.length ? one : most), []);
}
