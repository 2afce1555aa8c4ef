import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkReachable, endpoint } from "./reach.mjs";

let server;
let port;
beforeAll(async () => {
  server = createServer((socket) => socket.end());
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = server.address().port;
});
afterAll(() => server.close());

it("knows the usual ports and forms of addresses", () => {
  expect(endpoint("postgresql://u:p@db.example.com/portal")).toEqual({
    host: "db.example.com",
    port: 5432,
  });
  expect(endpoint("rediss://:p@[::1]")).toEqual({ host: "::1", port: 6379 });
  expect(endpoint("redis://127.0.0.1:7000/1").port).toBe(7000);
});

it("names the variable of a server that does not answer, not its password", async () => {
  await checkReachable({ DATABASE_URL: null, REDIS_URL: `redis://:secret@127.0.0.1:${port}` });
  // Port 1 is never listened on.
  const wrong = checkReachable({ REDIS_URL: "redis://:secret@127.0.0.1:1" });
  await expect(wrong).rejects.toThrow(/REDIS_URL.*127\.0\.0\.1:1 /);
  await expect(wrong).rejects.not.toThrow(/secret/);
});
