import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { AppError } from "../../shared/errors";
import type { PlayExchange } from "./node-adapter";
import { handleWebRequest } from "./web-adapter";

const bugs: unknown[] = [];

function ask(play: PlayExchange, path = "/v1/x", init: RequestInit = {}) {
  const door = { play, ipOf: () => "192.0.2.1", onBug: (thrown: unknown) => bugs.push(thrown) };
  return handleWebRequest(door, new Request(`http://portal.example${path}`, init));
}

const echo: PlayExchange = async (request, sink) => {
  const body = await request.body(1_000);
  sink.head(200, { "x-path": request.path, "x-query": request.query.toString() });
  sink.write(body);
  sink.end();
};

it("gives path, query and body as they came, with slashes made plain", async () => {
  const answer = await ask(echo, "//v1//messages/?beta=true", { method: "POST", body: "héllo" });
  expect(await answer.text()).toBe("héllo");
  expect(answer.headers.get("x-path")).toBe("/v1/messages");
  expect(answer.headers.get("x-query")).toBe("beta=true");
});

it("refuses a body as soon as it is larger than allowed, announced or not", async () => {
  const codes: string[] = [];
  const refuse: PlayExchange = async (request, sink) => {
    await request.body(10).catch((error: AppError) => void codes.push(error.code));
    sink.head(413, {});
    sink.end();
  };
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(8)),
  });
  const streamed = { method: "POST", body: stream, duplex: "half" };
  expect((await ask(refuse, "/v1/x", streamed)).status).toBe(413);
  const announced = { method: "POST", body: "x", headers: { "content-length": "11" } };
  expect((await ask(refuse, "/v1/x", announced)).status).toBe(413);
  expect(codes).toEqual(["too_large", "too_large"]);
});

it("resolves with the head before the first byte", async () => {
  const answer = await ask(async (_, sink) => {
    sink.head(200, { "content-type": "text/event-stream" });
    await sleep(100);
    sink.write(Buffer.from("late"));
    sink.end();
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("late");
});

it("tells once when the caller leaves, by abort or by cancelling the body", async () => {
  let left = 0;
  const stay: PlayExchange = async (request, sink) => {
    request.onLeave(() => left++);
    sink.head(200, {});
    sink.write(Buffer.from("first"));
  };
  const controller = new AbortController();
  const answer = await ask(stay, "/v1/x", { signal: controller.signal });
  controller.abort();
  await answer.body?.cancel();
  expect(left).toBe(1);
  await (await ask(stay)).body?.cancel();
  expect(left).toBe(2);
});

it("does not take a finished answer for a caller that left", async () => {
  let left = 0;
  const answer = await ask(async (request, sink) => {
    request.onLeave(() => left++);
    sink.head(200, {});
    sink.write(Buffer.from("all"));
    sink.end();
  });
  await answer.text();
  expect(left).toBe(0);
});

it("holds the writer back while nothing is read, and lets it go on after", async () => {
  const block = new Uint8Array(32 * 1024);
  let written = 0;
  const answer = await ask(async (_, sink) => {
    sink.head(200, {});
    const more = () => {
      while (written < 100) {
        written++;
        if (!sink.write(block)) return;
      }
      sink.end();
    };
    sink.onDrain(more);
    more();
  });
  await sleep(20);
  expect(written).toBeLessThan(10);
  expect((await answer.arrayBuffer()).byteLength).toBe(100 * block.length);
});

it("delivers what was written before a cut, however late it is read", async () => {
  const answer = await ask(async (_, sink) => {
    sink.head(200, {});
    sink.write(Buffer.from("first "));
    sink.write(Buffer.from("second"));
    sink.fail();
  });
  await sleep(50);
  const reader = answer.body?.getReader();
  const texts = [await reader?.read(), await reader?.read()].map((read) =>
    Buffer.from(read?.value ?? []).toString(),
  );
  expect(texts).toEqual(["first ", "second"]);
  await expect(reader?.read()).rejects.toThrow("cut");
});

it("cuts a caller off that does not take the last bytes either", async () => {
  const answer = await ask(async (_, sink) => {
    sink.head(200, {});
    sink.write(new Uint8Array(200_000));
    sink.fail();
  });
  await sleep(1_100);
  await expect(answer.arrayBuffer()).rejects.toThrow("cut");
});

it("breaks the body when the exchange fails, and the request when it fails before the head", async () => {
  const cut = await ask(async (_, sink) => {
    sink.head(200, {});
    sink.write(Buffer.from("first"));
    sink.fail();
  });
  await expect(cut.text()).rejects.toThrow("cut");
  await expect(ask(async (_, sink) => sink.fail())).rejects.toThrow("cut");
  await expect(ask(() => Promise.reject(new Error("a bug")))).rejects.toThrow("cut");
  expect(bugs).toHaveLength(1);
});

it("gives answers to HEAD without a body", async () => {
  const answer = await ask(echo, "/v1/x", { method: "HEAD" });
  expect(answer.body).toBeNull();
});
