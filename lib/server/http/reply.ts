const PRIVATE = { "cache-control": "no-store" };

/**
 * A good answer: JSON, nothing (204), or, for something that is iterated, one JSON line per item as
 * it comes. No cache may keep any of it.
 */
export function reply(result: unknown, status?: number): Response {
  if (isLines(result)) {
    return new Response(linesOf(result), {
      status: status ?? 200,
      headers: { ...PRIVATE, "content-type": "application/x-ndjson", "x-accel-buffering": "no" },
    });
  }
  if (result === undefined) return new Response(null, { status: 204, headers: PRIVATE });
  return new Response(JSON.stringify(result), {
    status: status ?? 200,
    headers: { ...PRIVATE, "content-type": "application/json" },
  });
}

function isLines(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}

function linesOf(lines: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    // The reader left: the iterator's `finally` ends what it runs.
    async cancel() {
      await iterator.return?.();
    },
  });
}
