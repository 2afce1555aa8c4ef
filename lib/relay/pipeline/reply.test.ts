import { expect, it } from "vitest";
import { encode } from "../stream/bytes";
import { fakeSink } from "../testing/fake-sink";
import { replyTo } from "./reply";

it("sends one head, whoever is first", () => {
  const sink = fakeSink();
  const reply = replyTo(sink);
  expect(reply.begun()).toBe(false);
  reply.begin(200, { a: "1" });
  reply.begin(500, { a: "2" });
  expect([sink.status, sink.headers]).toEqual([200, { a: "1" }]);
  expect(reply.begun()).toBe(true);
});

it("ends once, and nothing follows the end", () => {
  const sink = fakeSink();
  const reply = replyTo(sink);
  reply.begin(200, {});
  reply.end();
  reply.fail();
  reply.end();
  expect(reply.write(encode("late"))).toBe(true);
  expect(sink.ended).toBe("end");
  expect(sink.writes).toEqual([]);
  expect(reply.over()).toBe(true);
});

it("sends a whole answer with its length, and none into an answer that has begun", () => {
  const sink = fakeSink();
  const reply = replyTo(sink);
  reply.whole(404, { "content-type": "text/plain" }, encode("é"));
  expect(sink.headers).toEqual({ "content-type": "text/plain", "content-length": "2" });
  expect(sink.text()).toBe("é");
  reply.whole(500, {}, encode("x"));
  expect(sink.text()).toBe("é");
  const streaming = fakeSink();
  const other = replyTo(streaming);
  other.begin(200, {});
  other.whole(500, {}, encode("x"));
  expect([streaming.status, streaming.ended, streaming.writes.length]).toEqual([200, null, 0]);
});

it("names no length where there is no body", () => {
  const sink = fakeSink();
  replyTo(sink).whole(200, { a: "1" }, null);
  expect([sink.headers, sink.ended]).toEqual([{ a: "1" }, "end"]);
});

it("writes no empty pieces, which some servers take for the end", () => {
  const sink = fakeSink();
  const reply = replyTo(sink);
  reply.begin(200, {});
  reply.write(encode(""));
  expect(sink.writes).toEqual([]);
  sink.full = true;
  expect(reply.write(encode("x"))).toBe(false);
});
