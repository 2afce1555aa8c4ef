import type { Redis } from "ioredis";

/** Calls of one script on one hash tag that travel as one command. */
interface Batch {
  script: string;
  keys: string[];
  args: (string | number)[];
  calls: { resolve: (answer: unknown) => void; reject: (error: unknown) => void }[];
}

export type ScriptBatches = ReturnType<typeof scriptBatches>;

/** One item of a batch's answer: did it succeed, and its answer or the error's text. */
type Item = readonly [ok: number, answer: unknown];

/** A batch is small enough that its script never holds the server up for long. */
const MAX_CALLS = 100;

/**
 * Gathers script calls until the event loop has come round, and sends them as one pipeline. A call
 * joins the batch before it when that is of the same script and hash tag: what one tag is asked stays in
 * order, and a busy process pays for one command where it would pay for dozens.
 */
export function scriptBatches(redis: Redis) {
  let waiting: Batch[] = [];
  /** The last batch of each tag. */
  const last = new Map<string, Batch>();

  function batchFor(script: string, tag: string): Batch {
    const open = last.get(tag);
    if (open && open.script === script && open.calls.length < MAX_CALLS) return open;
    const batch: Batch = { script, keys: [], args: [], calls: [] };
    if (waiting.length === 0) setImmediate(send);
    waiting.push(batch);
    last.set(tag, batch);
    return batch;
  }

  function send(): void {
    const batches = waiting;
    waiting = [];
    last.clear();
    const pipeline = redis.pipeline();
    for (const { script, keys, args } of batches) callScript(pipeline, script, keys, args);
    pipeline.exec().then(
      (answers) => {
        for (const [i, batch] of batches.entries()) settle(batch, answers?.[i]);
      },
      (error: unknown) => {
        for (const batch of batches) settle(batch, [error, null]);
      },
    );
  }

  return {
    call(
      script: string,
      keys: readonly string[],
      args: readonly (string | number)[],
    ): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const batch = batchFor(script, hashTag(keys[0] ?? ""));
        for (const key of keys) batch.keys.push(key);
        batch.args.push(keys.length, args.length);
        for (const arg of args) batch.args.push(arg);
        batch.calls.push({ resolve, reject });
      });
    },
  };
}

// ioredis adds the command at run time, so its type cannot know it.
function callScript(
  pipeline: ReturnType<Redis["pipeline"]>,
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): void {
  const command = Reflect.get(pipeline, script) as (...all: (string | number)[]) => unknown;
  command.call(pipeline, keys.length, ...keys, ...args);
}

function settle({ calls }: Batch, answer: readonly [unknown, unknown] | undefined): void {
  const [error, items] = answer ?? [new Error("Redis answered fewer commands than it was asked.")];
  calls.forEach(({ resolve, reject }, i) => {
    const item = Array.isArray(items) ? (items[i] as Item | undefined) : undefined;
    if (error) reject(error);
    else if (item?.[0] === 1) resolve(item[1] ?? null);
    else reject(new Error(String(item?.[1] ?? "A Redis script answered too little.")));
  });
}

/** The part of a key that decides its slot in a cluster. */
function hashTag(key: string): string {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open);
  return close < 0 ? key : key.slice(open + 1, close);
}
