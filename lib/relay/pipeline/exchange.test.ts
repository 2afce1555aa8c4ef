import { expect, it } from "vitest";
import type { RelayPorts } from "../ports";
import { decode, encode } from "../stream/bytes";
import { streamedBytes, wholeMessage } from "../testing/anthropic-wire";
import { answering } from "../testing/fake-ports";
import {
  CALL,
  EVENT_STREAM,
  HEADERS,
  JSON_TYPE,
  POOL,
  play,
  post,
  SECRET,
  STREAMED,
} from "../testing/play";
import { sampleAccount } from "../testing/samples";

it("passes a whole answer byte by byte and books what it states", async () => {
  const answer = wholeMessage();
  const { sink, told } = await play({
    upstream: answering(200, [answer.subarray(0, 9), answer.subarray(9)], JSON_TYPE),
  });
  expect(sink.status).toBe(200);
  expect(sink.text()).toBe(decode(answer));
  expect(sink.headers["content-length"]).toBe(String(answer.length));
  expect(sink.headers["request-id"]).toBe("req_1");
  expect(sink.ended).toBe("end");
  expect(told.settled).toHaveLength(1);
  const [settled] = told.settled;
  expect(settled).toMatchObject({ outcome: "complete", status: 200, client: "claude-cli/2.1.330" });
  expect(settled?.attempts[0]).toMatchObject({
    sentModel: "claude-opus-5-5",
    usage: { input: 12, output: 3, cacheRead: null },
    estimated: false,
    priceBookId: "book_a",
    priceName: "claude-opus-5-5",
    costMicroUsd: 135n,
    chargeMicroUsd: 135n,
  });
  expect(told.reports).toMatchObject([{ kind: "served", accountId: "acc_a" }]);
  expect(told.lines).toHaveLength(1);
});

it("passes a stream byte by byte, wherever it is cut", async () => {
  const wire = streamedBytes();
  for (let i = 0; i <= wire.length; i += 3) {
    const { sink, told } = await play(
      { upstream: answering(200, [wire.subarray(0, i), wire.subarray(i)], EVENT_STREAM) },
      post(STREAMED),
    );
    expect(sink.text()).toBe(decode(wire));
    expect(sink.ended).toBe("end");
    expect(sink.headers["cache-control"]).toBe("no-cache, no-transform");
    expect(told.settled[0]?.attempts[0]?.usage).toMatchObject({
      input: 100,
      cacheRead: 40,
      output: 20,
    });
    expect(told.settled[0]?.outcome).toBe("complete");
  }
});

it("sends the mapped name and answers with the asked one", async () => {
  const account = sampleAccount("acc_a", {
    modelMap: { entries: [{ from: "opus", to: "gemini-3-pro" }] },
  });
  const wire = streamedBytes({ model: "gemini-3-pro" });
  const { sink, told } = await play(
    { pool: [account], upstream: answering(200, [wire], EVENT_STREAM) },
    post(STREAMED),
  );
  const sent = told.dispatched[0]?.request.body;
  expect(sent && JSON.parse(decode(sent))).toEqual({
    ...CALL,
    stream: true,
    model: "gemini-3-pro",
  });
  expect(sink.text()).toBe(decode(streamedBytes()));
  expect(told.settled[0]).toMatchObject({
    requestedModel: "claude-opus-5-5",
    attempts: [
      { sentModel: "gemini-3-pro", reportedModel: "gemini-3-pro", priceName: "gemini-3-pro" },
    ],
  });
});

it("sends only listed headers, the account's credential, and no trace of the caller's key", async () => {
  const headers = {
    ...HEADERS,
    authorization: `Bearer ${SECRET}`,
    cookie: "session=1",
    "x-forwarded-for": "10.0.0.1",
    "anthropic-beta": "a,b",
    "anthropic-version": "2023-06-01",
    "x-claude-code-session-id": "s-1",
    connection: "keep-alive",
    "x-relay-hop": "forged",
  };
  const { told } = await play(
    { upstream: answering(200, [wholeMessage()], JSON_TYPE) },
    post(CALL, headers),
  );
  const request = told.dispatched[0]?.request;
  expect(request?.headers).toEqual({
    "content-type": "application/json",
    "accept-encoding": "identity",
    "x-api-key": "sk-ant-acc_a-secret",
    "anthropic-beta": "a,b",
    "anthropic-version": "2023-06-01",
    "user-agent": HEADERS["user-agent"],
    "x-claude-code-session-id": "s-1",
  });
  expect(request?.url.href).toBe("http://acc-a.test/v1/messages");
});

it("passes the upstream's refusal on, once, with its own body", async () => {
  const body =
    '{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: too big"}}';
  const { sink, told } = await play({
    pool: POOL,
    upstream: answering(400, [encode(body)], JSON_TYPE),
  });
  expect(told.dispatched).toHaveLength(1);
  expect(sink.status).toBe(400);
  expect(sink.text()).toBe(body);
  expect(told.settled[0]?.attempts[0]).toMatchObject({ failure: "upstream_refused", usage: null });
});

it("settles by name even when the pipeline itself fails", async () => {
  const dispatch: RelayPorts["dispatch"] = () => {
    throw new Error("canary detail");
  };
  const { sink, told } = await play({ ports: { dispatch } });
  expect(sink.status).toBe(500);
  expect(sink.text()).not.toContain("canary");
  expect(told.settled).toHaveLength(1);
});
