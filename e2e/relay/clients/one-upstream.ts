import { expect } from "vitest";
import { type FakeUpstream, startFakeUpstream } from "../../../lib/testing/upstream/server";
import { UPSTREAMS, type UpstreamId } from "../matrix/stage";
import { type Portal, startPortal } from "../support/portal";
import { type RequestRecord, total, untilRecorded } from "../support/records";

/** A portal whose one account speaks one format, whatever model a client asks for. */
export interface OneUpstream {
  portal: Portal;
  upstream: FakeUpstream;
  key: string;
  /**
   * What the portal wrote of everything that was generated so far, once all of it is written: nothing
   * was refused, and tokens are the upstream's own.
   */
  settled(): Promise<RequestRecord[]>;
  stop(): Promise<void>;
}

/** Models that clients ask for by themselves and that the fake does not have of its own. */
const FURTHER_MODELS = ["gemini-3.1-flash-lite", "gemini-3-flash"];

/** Starts one; `map` is the account's, from the names that clients ask for to the upstream's. */
export async function startOneUpstream(
  id: UpstreamId,
  map: Readonly<Record<string, string>>,
): Promise<OneUpstream> {
  const { provider, apiKey, path } = UPSTREAMS[id];
  const upstream = await startFakeUpstream({ models: FURTHER_MODELS });
  const portal = await startPortal({ relayOnly: true });
  await portal.createUser("ada@example.com");
  const key = await portal.createKey("ada@example.com", "laptop");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  const settings = { baseUrl: `${upstream.url}${path}` };
  await portal.addAccount({ provider, name: id, settings, secrets: { apiKey }, map });
  return {
    portal,
    upstream,
    key,
    settled: () => settled(portal, upstream),
    async stop() {
      await portal.stop();
      await upstream.close();
    },
  };
}

const GENERATES: ReadonlySet<string> = new Set(["generate", "stream"]);

async function settled(portal: Portal, { book }: FakeUpstream): Promise<RequestRecord[]> {
  const entries = book.entries().filter(({ action }) => GENERATES.has(action));
  expect(entries.map(({ status, refusal }) => ({ status, refusal }))).toEqual(
    entries.map(() => ({ status: 200, refusal: null })),
  );
  const records = await untilRecorded(portal, entries.length);
  expect(records).toHaveLength(entries.length);
  const { planned } = book.totals(({ action }) => GENERATES.has(action));
  expect(total(records, "inputTokens")).toBe(planned.input);
  expect(total(records, "cacheReadTokens")).toBe(planned.cacheRead);
  expect(total(records, "outputTokens")).toBe(planned.output);
  return records;
}
