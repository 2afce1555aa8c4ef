import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { type Dispatcher, Pool } from "undici";
import { openRedis } from "../lib/redis/connections";
import { defineScript } from "../lib/redis/script";
import { passTo } from "./pass";
import { serveParent } from "./serve-parent";

/**
 * The least that a relay with strict limits can be: the leanest pass-through, and for each request one
 * script of Redis that is waited for and one that settles what it has reserved. No key, no choice, no
 * meter, no record: what is between this and the portal is the portal's own work.
 */
const [upstreamUrl = "", redisUrl = "", prefix = ""] = process.argv.slice(2);
const upstream = new Pool(upstreamUrl, { pipelining: 1 });
const redis = openRedis({ url: redisUrl }).commands;

const ADMIT = `
local held = redis.call('HINCRBY', KEYS[1], 'h', ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], TEXT)
return held`;
const SETTLE = `
redis.call('HINCRBY', KEYS[1], 'h', -ARGV[2])
redis.call('HINCRBY', KEYS[1], 's', ARGV[2])
return redis.call('HDEL', KEYS[2], ARGV[1])`;
const admit = defineScript(redis, "benchAdmit", ADMIT);
const settle = defineScript(redis, "benchSettle", SETTLE);
const keys = [`${prefix}:{bench}:spend`, `${prefix}:{bench}:intents`];
const RESERVED = 1_000;
let count = 0;

async function relay(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await buffer(req);
  const id = `req_${count++}`;
  const { host: _, connection: __, "transfer-encoding": ___, ...headers } = req.headers;
  await admit(keys, [id, RESERVED], JSON.stringify({ id, path: req.url, bytes: body.length }));
  const path = req.url ?? "/";
  const method = (req.method ?? "GET") as Dispatcher.HttpMethod;
  upstream.dispatch({ path, method, headers, body }, passTo(req, res));
  res.once("close", () => void settle(keys, [id, RESERVED]));
}

const server = createServer((req, res) => {
  // The caller may be gone, and its connection with it.
  relay(req, res).catch(() => req.socket?.destroy());
});
serveParent(server);
