import { setTimeout as sleep } from "node:timers/promises";
import { type ChaosCall, chaosCall, type Face } from "./call";
import type { Random } from "./random";
import { openStream, type Stream, type StreamLog } from "./stream";

const FACES: readonly Face[] = ["anthropic", "gemini"];
/** While nothing listens a refused connection must not be tried a thousand times a second. */
const PAUSE_MS = 100;
const LONGEST_DRAIN_MS = 60_000;

export interface LoadOptions {
  /** Where streams go, in turn; read anew for each. */
  urls: readonly string[];
  key: string;
  random: Random;
  /** Streams at the same time. */
  concurrency: number;
  /** At most so many streams in all. */
  limit: number;
  /** Least and most tokens of an answer. */
  tokens: readonly [number, number];
  /** Pause between two events of five tokens. */
  delayMs: number;
}

/** A load of streams that is kept up until it is stopped or its limit is reached. */
export interface Load {
  /** Every stream that reached a listener, ended or not. */
  logs(): readonly StreamLog[];
  /** Streams whose answer runs at this moment. */
  streaming(): number;
  /** Resolves when the limit is reached and all have ended. */
  finished(): Promise<void>;
  /** No further streams; resolves when those that run have ended. */
  stop(): Promise<void>;
}

/** Keeps `concurrency` streams open, on both faces, of seeded lengths. */
export function startLoad(options: LoadOptions): Load {
  const streams = new Set<Stream>();
  let stopping = false;
  let started = 0;

  const lane = async (number: number) => {
    while (!stopping && started < options.limit) {
      started++;
      const base = options.urls[(started + number) % options.urls.length] ?? "";
      const stream = openStream(base, nextCall(options));
      streams.add(stream);
      await stream.ended;
      if (!stream.log.connected) {
        streams.delete(stream);
        started--;
        await sleep(PAUSE_MS);
      }
    }
  };
  const lanes = Array.from({ length: options.concurrency }, (_, number) => lane(number));
  const isStreaming = ({ log }: Stream) => log.status === 200 && log.end === null;

  return {
    logs: () => [...streams].map((stream) => stream.log),
    streaming: () => [...streams].filter(isStreaming).length,
    finished: async () => void (await Promise.all(lanes)),
    async stop() {
      stopping = true;
      const late = setTimeout(() => {
        for (const stream of streams) stream.leave();
      }, LONGEST_DRAIN_MS);
      await Promise.all(lanes);
      clearTimeout(late);
    },
  };
}

function nextCall({ random, key, tokens, delayMs }: LoadOptions): ChaosCall {
  const [least, most] = tokens;
  return chaosCall({
    face: random.pick(FACES),
    key,
    tokens: random.whole(least, most),
    delayMs,
  });
}
