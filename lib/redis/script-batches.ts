import { createHash } from "node:crypto";
import { Command, type Redis } from "ioredis";

/** Calls that travel as one command. */
interface Batch {
  firstKey: string;
  /** Three lines for each call: its script's name, JSON and text. */
  lines: string;
  calls: { resolve: (answer: unknown) => void; reject: (error: unknown) => void }[];
}

interface Program {
  lua: string;
  sha: string;
}

export type ScriptBatches = ReturnType<typeof scriptBatches>;

/** A batch is small enough that its script never holds the server up for long. */
const MAX_CALLS = 100;

/**
 * Gathers script calls until the event loop has come round. They are one command of one program that holds
 * all the connection's scripts: what is asked stays in order, and a busy process pays for one command where
 * it would pay for dozens. What a command costs here is the number of its arguments: there is one, for all
 * calls and whatever keys they name. (A cluster would take one command for each hash tag.)
 */
export function scriptBatches(redis: Redis) {
  const scripts = new Map<string, string>();
  let program: Program | null = null;
  let waiting: Batch[] = [];

  function openBatch(firstKey: string): Batch {
    const last = waiting.at(-1);
    if (last && last.calls.length < MAX_CALLS) return last;
    const batch: Batch = { firstKey, lines: "", calls: [] };
    if (!last) setImmediate(send);
    waiting.push(batch);
    return batch;
  }

  function send(): void {
    const batches = waiting;
    waiting = [];
    program ??= programOf(scripts);
    for (const batch of batches) run(redis, program, batch);
  }

  return {
    define(name: string, lua: string): void {
      scripts.set(name, lua);
      program = null;
    },
    /** Neither `json` nor `text` may hold a line end: JSON needs none. */
    call: (name: string, firstKey: string, json: string, text: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const batch = openBatch(firstKey);
        batch.lines += `${name}\n${json}\n${text}\n`;
        batch.calls.push({ resolve, reject });
      }),
  };
}

const TEXT_REPLY = { replyEncoding: "utf8" } as const;

function run(redis: Redis, { lua, sha }: Program, batch: Batch): void {
  const fail = (error: unknown) => {
    for (const { reject } of batch.calls) reject(error);
  };
  const ask = (name: "eval" | "evalsha", script: string) => {
    const command = new Command(name, [script, "1", batch.firstKey, batch.lines], TEXT_REPLY);
    redis.sendCommand(command);
    return command.promise;
  };
  const done = (answers: unknown) => settle(batch, answers);
  // The server forgets scripts when it starts anew: then the text travels once more.
  const again = (error: unknown) =>
    String(error).includes("NOSCRIPT") ? ask("eval", lua).then(done, fail) : fail(error);
  ask("evalsha", sha).then(done, again);
}

/** The answer holds two items for each call: did it succeed, and its answer or the error's text. */
function settle({ calls }: Batch, answers: unknown): void {
  const items: readonly unknown[] = Array.isArray(answers) ? answers : [];
  for (let i = 0; i < calls.length; i++) {
    const answer = items[2 * i + 1];
    if (items[2 * i] === 1) calls[i]?.resolve(answer ?? null);
    else calls[i]?.reject(new Error(String(answer ?? "A Redis script answered too little.")));
  }
}

/**
 * All scripts as branches of one function, called for one item after another; an item that fails leaves
 * the others alone. (A function for each would be made anew for all of them in every batch.) ARGV: for
 * each call three lines, which are its script's name, JSON of KEYS and ARGV, TEXT.
 */
function programOf(scripts: ReadonlyMap<string, string>): Program {
  const branches = [...scripts].map(([name, lua]) => `if name == '${name}' then\n${lua}\n`);
  const lua = `
local time = redis.call('TIME')
local NOW = time[1] * 1000 + math.floor(time[2] / 1000)
local lines, at = ARGV[1], 1
local function nextLine()
  local stop = string.find(lines, '\\n', at, true)
  local line = string.sub(lines, at, stop - 1)
  at = stop + 1
  return line
end
local function run(name, json, TEXT)
  local asked = cjson.decode(json)
  local KEYS, ARGV = asked[1], asked[2]
  ${branches.join("else")}end
end
local answers, n = {}, 0
while at <= #lines do
  local name, json, text = nextLine(), nextLine(), nextLine()
  local ok, answer = pcall(run, name, json, text)
  if not ok and type(answer) == 'table' then answer = answer.err end
  answers[2 * n + 1] = ok and 1 or 0
  -- A nil would end the list.
  answers[2 * n + 2] = answer == nil and false or answer
  n = n + 1
end
return answers`;
  return { lua, sha: createHash("sha1").update(lua).digest("hex") };
}
