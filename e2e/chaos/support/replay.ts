import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sample } from "./corpus";
import type { Random } from "./random";

/** An upstream that sends given bytes, cut at random places. */
export interface Replay {
  host: string;
  url: string;
  stop(): Promise<void>;
}

/** Longest piece of most answers; longer ones are cut into so many pieces instead. */
const PIECE_BYTES = 90;
const MOST_PIECES = 600;

/** Answers a request whose body says `[[sample:n]]` with the n-th sample. */
export async function startReplay(samples: readonly Sample[], random: Random): Promise<Replay> {
  const server = createServer((request, response) => {
    answer(request, response, samples, random).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  samples: readonly Sample[],
  random: Random,
): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const sample = samples[Number(/\[\[sample:(\d+)\]\]/.exec(body)?.[1] ?? 0)];
  if (!sample) throw new Error("There is no such sample.");
  response.socket?.setNoDelay(true);
  response.writeHead(200, { "content-type": sample.contentType });
  for (const piece of cutAtRandom(sample.bytes, random)) {
    if (response.destroyed) return;
    response.write(piece);
    // A turn of the event loop between two pieces makes them two packets.
    await new Promise((done) => setImmediate(done));
  }
  response.end();
}

function* cutAtRandom(bytes: Buffer, random: Random): Generator<Buffer> {
  const longest = Math.max(PIECE_BYTES, Math.ceil((2 * bytes.length) / MOST_PIECES));
  for (let at = 0; at < bytes.length; ) {
    const next = at + random.whole(1, longest);
    yield bytes.subarray(at, next);
    at = next;
  }
}
