import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { systemClock } from "../shared/clock";
import { createHealth } from "./health";
import { openLog } from "./log/log";
import { mayReadMetrics } from "./metrics";
import { requestCount } from "./request-count";
import { gracefulEnd } from "./shutdown";

const silent = openLog("silent", { write: () => {} });

it("is ready when every part answers, and names the parts that do not", async () => {
  const good = createHealth({ postgres: async () => {}, redis: async () => {} }, systemClock);
  expect(await good.ready()).toMatchObject({ status: 200, body: { status: "ok" } });
  const bad = createHealth(
    { postgres: async () => {}, redis: () => Promise.reject(new Error("gone")) },
    systemClock,
  );
  expect(await bad.ready()).toMatchObject({
    status: 503,
    body: { parts: { postgres: "ok", redis: "failed" } },
  });
  expect(bad.live().status).toBe(200);
});

it("is not ready from the moment that it drains, and asks the parts once for many askers", async () => {
  let asked = 0;
  const health = createHealth({ part: async () => asked++ }, systemClock);
  await Promise.all(Array.from({ length: 100 }, () => health.ready()));
  expect(asked).toBe(1);
  health.drain();
  expect((await health.ready()).status).toBe(503);
});

it("lets running answers end, takes no new connection, and cuts what outlasts the limit", async () => {
  const requests = requestCount();
  const events: string[] = [];
  const server = createServer((req, res) => {
    requests.opened();
    res.once("close", () => requests.closed());
    res.write("begun ");
    if (req.url === "/short") setTimeout(() => res.end("ended"), 300);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const short = fetch(`${url}/short`).then((answer) => answer.text());
  const endless = fetch(`${url}/endless`).then((answer) => answer.text());
  endless.catch(() => {});
  while (requests.open() < 2) await sleep(10);
  const end = gracefulEnd({
    server,
    log: silent,
    onBegin: () => events.push("not ready"),
    openRequests: requests.open,
    drainMs: 800,
    stop: async () => void events.push("stopped"),
  });
  const ended = end();
  await expect(fetch(url)).rejects.toThrow();
  expect(await short).toBe("begun ended");
  await ended;
  await expect(endless).rejects.toThrow();
  expect(events).toEqual(["not ready", "stopped"]);
});

it("cuts at once when it is asked to end a second time", async () => {
  const server = createServer().listen(0);
  const end = gracefulEnd({
    server,
    log: silent,
    onBegin: () => {},
    openRequests: () => (performance.now() - begun > 150 ? 0 : 1),
    drainMs: 60_000,
    stop: async () => {},
  });
  const begun = performance.now();
  const first = end();
  await Promise.all([first, end()]);
  expect(performance.now() - begun).toBeLessThan(1_500);
});

it("shows metrics only to who has the token, and to nobody when there is none", () => {
  expect(mayReadMetrics("a-token-of-16-chars", "Bearer a-token-of-16-chars")).toBe(true);
  expect(mayReadMetrics("a-token-of-16-chars", "Bearer a-token-of-16-char")).toBe(false);
  expect(mayReadMetrics("a-token-of-16-chars", null)).toBe(false);
  expect(mayReadMetrics(null, "Bearer null")).toBe(false);
});
