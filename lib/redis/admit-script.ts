import type { Redis } from "ioredis";
import { defineWrittenScript, scriptCallJson } from "./script";

/**
 * One admission: looks at everything first, then writes everything or nothing. Money is compared as
 * Lua doubles, exact below 2^53 micro-USD (nine billion dollars per counter); it is added by HINCRBY,
 * exact to 2^63. Time is the server's own, so that processes with wrong clocks agree.
 *
 * An account that is full does not refuse the request: it is answered, and another account asked.
 *
 * KEYS: intents, epoch, beats, then leases, rates, spends. ARGV: `AdmitRules` and `AdmitAsk` in one
 * object. TEXT: the intent. Answers one text of lines, which costs its reader least.
 */
const ADMIT = `
local plan = ARGV
local function lines(...) return table.concat({...}, '\\n') end
local nowText = string.format('%.0f', NOW)
-- Leases that ran out lie in the list until a beat removes them: they only matter when it seems full.
local function held(key, limit)
  local all = redis.call('ZCARD', key)
  if all < limit then return all end
  return redis.call('ZCOUNT', key, '(' .. nowText, '+inf')
end
local epoch = redis.call('GET', KEYS[2])
if not epoch then
  epoch = string.format('%.0f', NOW + plan.graceMs)
  redis.call('SET', KEYS[2], epoch)
end

local parent, depth, accounts = '', 1, {}
if plan.claim then
  local best, bestId
  local function consider(id)
    local text = redis.call('HGET', plan.claim.hops, id)
    if not text then return end
    local hop = cjson.decode(text)
    if not best or hop.n < best.n then best, bestId = hop, id end
  end
  if plan.claim.id then consider(plan.claim.id) end
  if not best and plan.claim.fingerprint then
    local from = plan.claim.fingerprint .. '|'
    for _, member in ipairs(redis.call('ZRANGEBYLEX', plan.claim.hopIndex, '[' .. from, '[' .. from .. '\\255')) do
      consider(string.sub(member, #from + 1))
    end
  end
  if best then
    parent, depth, accounts = bestId, best.d + 1, best.a
    if depth > plan.maxDepth then return lines('loop', depth) end
    for _, account in ipairs(accounts) do
      if account == plan.leadsBackAccount then return lines('loop', depth) end
    end
    best.n = best.n + 1
    redis.call('HSET', plan.claim.hops, bestId, cjson.encode(best))
  end
end

local at = 3
local leaseAt, rateAt, spendAt = at, at + #plan.leases, at + #plan.leases + #plan.rates
local inUse = {}
for i, lease in ipairs(plan.leases) do
  local used = held(KEYS[leaseAt + i], lease)
  if used >= lease then return lines('limit', 'lease', i - 1, used, '', nowText) end
  inUse[i] = used
end
for i, rate in ipairs(plan.rates) do
  local window = NOW - NOW % rate.ms
  local found = redis.call('HMGET', KEYS[rateAt + i], 'w', 'n')
  if tonumber(found[1]) == window and tonumber(found[2]) >= rate.limit then
    return lines('limit', 'rate', i - 1, found[2], string.format('%.0f', window + rate.ms), nowText)
  end
end
local spends = plan.spends
if parent ~= '' then spends = {} end
local reserve = tonumber(plan.reserve)
if #spends > 0 and NOW < tonumber(epoch) then
  return lines('wait', string.format('%.0f', tonumber(epoch) - NOW), epoch)
end
local unseeded = {'seed'}
for i, spend in ipairs(spends) do
  if NOW < spend.from or (spend.to > 0 and NOW >= spend.to) then return lines('period', nowText) end
  local found = redis.call('HMGET', KEYS[spendAt + i], 's', 'h', 'g')
  -- A sum that was read before the shard lost something is not trusted.
  if not found[1] or found[3] ~= epoch then
    unseeded[#unseeded + 1] = i - 1
  else
    local held = tonumber(found[2] or '0')
    local used = tonumber(found[1]) + held
    if used + reserve > spend.limit or used >= spend.limit then
      return lines('limit', 'spend', i - 1, found[1], string.format('%.0f', held), nowText)
    end
  end
end
if #unseeded > 1 then return lines(unpack(unseeded)) end

local function take(key, used)
  redis.call('ZADD', key, NOW + plan.leaseMs, plan.id)
  -- Beats keep a list whose requests last; one of requests too short for them is kept by some of these.
  if used == 0 or NOW % 8 == 0 then redis.call('PEXPIRE', key, plan.leaseMs * 2) end
end
for i = 1, #plan.leases do take(KEYS[leaseAt + i], inUse[i]) end
local full = ''
if plan.account then
  local used = held(plan.account.leases, plan.account.limit)
  if used < plan.account.limit then take(plan.account.leases, used) else full = 'full' end
end
for i, rate in ipairs(plan.rates) do
  local key = KEYS[rateAt + i]
  local window = string.format('%.0f', NOW - NOW % rate.ms)
  if redis.call('HGET', key, 'w') == window then
    redis.call('HINCRBY', key, 'n', 1)
  else
    redis.call('HSET', key, 'w', window, 'n', 1)
    redis.call('PEXPIRE', key, rate.ms * 2)
  end
end
for i in ipairs(spends) do redis.call('HINCRBY', KEYS[spendAt + i], 'h', plan.reserve) end
redis.call('HSET', KEYS[1], plan.id, nowText .. '|' .. parent .. '|' .. TEXT)
redis.call('ZADD', KEYS[3], nowText, plan.owner)
local holder = ''
if plan.sticky then
  local held = redis.call('GETEX', plan.sticky.key, 'PX', plan.sticky.ttlMs)
  if not held then
    redis.call('SET', plan.sticky.key, plan.sticky.account, 'PX', plan.sticky.ttlMs)
  elseif held ~= plan.sticky.account then
    holder = held
  end
end
return lines('ok', nowText, epoch, holder, parent, depth, table.concat(accounts, ','), full)
`;

/** What the admissions with one key have in common. */
export interface AdmitRules {
  owner: string;
  leaseMs: number;
  /** Time without spending after a shard was found empty, in which processes report what they run. */
  graceMs: number;
  maxDepth: number;
  leases: readonly number[];
  rates: readonly { ms: number; limit: number }[];
  /** `to` is 0 for a period without an end. */
  spends: readonly { limit: number; from: number; to: number }[];
}

/** What is asked for one request. Texts need no escape in JSON: ids, names of keys, hashes. */
export interface AdmitAsk {
  id: string;
  /** Micro-USD, decimal. */
  reserve: string;
  sticky: { key: string; account: string; ttlMs: number } | null;
  /** A lease to be taken on the account that was chosen. */
  account: { leases: string; limit: number } | null;
  claim: AdmitClaim | null;
  leadsBackAccount: string | null;
}

/** Where the first hop of this request left its trace, and what it may be known by. */
export interface AdmitClaim {
  hops: string;
  hopIndex: string;
  id: string | null;
  fingerprint: string | null;
}

export interface AdmitKeys {
  intents: string;
  epoch: string;
  beats: string;
  leases: readonly string[];
  rates: readonly string[];
  spends: readonly string[];
}

/** The beginning of every admission's JSON under the same keys and rules, to be kept. */
export function admitHead(keys: AdmitKeys, rules: AdmitRules): string {
  const names = [keys.intents, keys.epoch, keys.beats];
  const all = [...names, ...keys.leases, ...keys.rates, ...keys.spends];
  // Without the closing brackets of the rules and of the call.
  return scriptCallJson(all, JSON.stringify(rules)).slice(0, -2);
}

function askJson(head: string, ask: AdmitAsk): string {
  const { id, reserve, sticky, account, claim, leadsBackAccount } = ask;
  let json = `${head},"id":"${id}","reserve":"${reserve}"`;
  if (sticky) {
    const { key, account: holder, ttlMs } = sticky;
    json += `,"sticky":{"key":"${key}","account":"${holder}","ttlMs":${ttlMs}}`;
  }
  if (account) json += `,"account":{"leases":"${account.leases}","limit":${account.limit}}`;
  // What is absent must not be there at all: Lua reads null as a value.
  if (claim) {
    const { id: hop, fingerprint } = claim;
    const present = { ...claim, id: hop ?? undefined, fingerprint: fingerprint ?? undefined };
    json += `,"claim":${JSON.stringify(present)}`;
  }
  if (leadsBackAccount !== null) json += `,"leadsBackAccount":"${leadsBackAccount}"`;
  return `${json}}]`;
}

export type AdmitAnswer =
  | {
      kind: "ok";
      startedAtMs: number;
      epoch: string;
      stickyHolder: string | null;
      parent: string | null;
      depth: number;
      ancestorAccounts: string[];
      /** The account had no place left; everything else was granted. */
      accountFull: boolean;
    }
  | { kind: "lease"; index: number; used: number; nowMs: number }
  | { kind: "rate"; index: number; used: number; resetsAtMs: number; nowMs: number }
  | { kind: "spend"; index: number; spent: number; held: number; nowMs: number }
  | { kind: "loop"; depth: number }
  /** The periods were computed with a wrong clock: this is the right time. */
  | { kind: "period"; nowMs: number }
  /** These spend counters must be seeded first. */
  | { kind: "seed"; indexes: number[] }
  | { kind: "wait"; forMs: number; epoch: string };

/** The admission script on a connection. Rejects when Redis does not answer in time. */
export function admitScript(redis: Redis) {
  const call = defineWrittenScript(redis, "rpAdmit", ADMIT);
  /** `head` comes from `admitHead`, `intents` is the first of its keys. */
  return (intents: string, head: string, ask: AdmitAsk, intent: string): Promise<AdmitAnswer> =>
    call(intents, askJson(head, ask), intent).then(readAnswer);
}

function readAnswer(text: unknown): AdmitAnswer {
  const answer = String(text).split("\n");
  const [kind, a = "", b = "", c = "", d = "", e = "", f = "", g = ""] = answer;
  if (kind === "limit") return readRefusal(a, Number(b), Number(c), d, Number(e));
  if (kind === "loop") return { kind, depth: Number(a) };
  if (kind === "period") return { kind, nowMs: Number(a) };
  if (kind === "wait") return { kind, forMs: Number(a), epoch: b };
  if (kind === "seed") return { kind, indexes: answer.slice(1).map(Number) };
  return {
    kind: "ok",
    startedAtMs: Number(a),
    epoch: b,
    stickyHolder: c || null,
    parent: d || null,
    depth: Number(e),
    ancestorAccounts: f ? f.split(",") : [],
    accountFull: g === "full",
  };
}

function readRefusal(
  what: string,
  index: number,
  used: number,
  extra: string,
  nowMs: number,
): AdmitAnswer {
  if (what === "lease") return { kind: "lease", index, used, nowMs };
  if (what === "rate") return { kind: "rate", index, used, resetsAtMs: Number(extra), nowMs };
  return { kind: "spend", index, spent: used, held: Number(extra), nowMs };
}
