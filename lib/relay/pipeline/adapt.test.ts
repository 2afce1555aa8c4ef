import { expect, it } from "vitest";
import { exchange } from "../pipeline/exchange";
import type { RelayPorts } from "../ports";
import { decode, encode } from "../stream/bytes";
import { streamedBytes, streamedMessage, wholeMessage } from "../testing/anthropic-wire";
import {
  answering,
  type Dispatched,
  type FakePorts,
  fakePorts,
  inTurn,
  type Upstream,
} from "../testing/fake-ports";
import { type FakeRequest, fakeSink } from "../testing/fake-sink";
import { geminiEvents } from "../testing/gemini-wire";
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
import { sampleAccount, sampleKey } from "../testing/samples";

const HOUR_MS = 3_600_000;
const BETAS = "claude-code-20250219,effort-2025-11-24";
const WITH_BETAS = { ...HEADERS, "anthropic-beta": BETAS };
const WITH_EDITS = { ...CALL, context_management: { edits: [] } };

const served = answering(200, [wholeMessage()], JSON_TYPE);
const refusing = (message: string, status = 400) => {
  const error = { type: "invalid_request_error", message };
  return answering(status, [encode(JSON.stringify({ type: "error", error }))], JSON_TYPE);
};
const REFUSED_BETA = "Unexpected value(s) `effort-2025-11-24` for the `anthropic-beta` header.";
const REFUSED_EDITS = "context_management: Extra inputs are not permitted";

/** An upstream that does not take a flag and a field. */
const strict: Upstream = (dispatched) => {
  const { headers } = dispatched.request;
  if ((headers["anthropic-beta"] ?? "").includes("effort")) refusing(REFUSED_BETA)(dispatched);
  else if (bodyOf(dispatched).includes("context_management")) refusing(REFUSED_EDITS)(dispatched);
  else served(dispatched);
};

function bodyOf({ request }: Dispatched): string {
  return decode(request.body ?? encode(""));
}

/** Plays one exchange after the other in one world; answers how each went. */
function world(upstream: Upstream, pool = [sampleAccount("acc_a")]) {
  const ports = fakePorts({ keys: { [SECRET]: sampleKey() }, pool, upstream });
  return { ports, send: (request: FakeRequest) => send(ports, request) };
}

async function send(ports: FakePorts, request: FakeRequest) {
  const before = ports.told.dispatched.length;
  const sink = fakeSink();
  await exchange(request, sink, ports);
  return { sink, sent: ports.told.dispatched.slice(before), settled: ports.told.settled.at(-1) };
}

it("asks the same account again without what it refused, and tells the client", async () => {
  const { sink, told } = await play({ pool: POOL, upstream: strict }, post(WITH_EDITS, WITH_BETAS));
  expect(sink.status).toBe(200);
  expect(sink.headers["x-relay-removed"]).toBe("beta=effort-2025-11-24, field=context_management");
  expect(told.dispatched.map(({ request }) => request.accountId)).toEqual([
    "acc_a",
    "acc_a",
    "acc_a",
  ]);
  const last = told.dispatched[2]?.request;
  expect(last?.headers["anthropic-beta"]).toBe("claude-code-20250219");
  expect(last && JSON.parse(decode(last.body ?? encode("")))).toEqual(CALL);
  expect(told.leased).toEqual([]);
  const attempts = told.settled[0]?.attempts ?? [];
  expect(attempts.map(({ status, failure }) => [status, failure])).toEqual([
    [400, "upstream_refused"],
    [400, "upstream_refused"],
    [200, null],
  ]);
  expect(told.settled[0]).toMatchObject({ status: 200, outcome: "complete", failure: null });
});

it("adapts the next request at once, for an hour, and no other account's or model's", async () => {
  const { ports, send } = world(strict);
  await send(post(WITH_EDITS, WITH_BETAS));
  const next = await send(post(WITH_EDITS, WITH_BETAS));
  expect(next.sent).toHaveLength(1);
  expect(next.sink.headers["x-relay-removed"]).toContain("field=context_management");
  const plain = await send(post());
  expect(plain.sink.headers).not.toHaveProperty("x-relay-removed");
  expect(plain.sent[0]?.request.headers).not.toHaveProperty("anthropic-beta");
  const elsewhere = await send(post({ ...WITH_EDITS, model: "claude-haiku-4-5" }));
  expect(elsewhere.sent).toHaveLength(2);
  ports.clock.advance(HOUR_MS);
  const later = await send(post(WITH_EDITS, WITH_BETAS));
  expect(later.sent).toHaveLength(3);
  expect(later.sink.status).toBe(200);
});

it("sends a header no more of which nothing is left", async () => {
  const { send } = world(strict);
  const headers = { ...HEADERS, "anthropic-beta": "effort-2025-11-24" };
  const { sink, sent } = await send(post(CALL, headers));
  expect(sink.status).toBe(200);
  expect(sent[1]?.request.headers).not.toHaveProperty("anthropic-beta");
});

it("tells it at the head of a stream too", async () => {
  const upstream = inTurn(refusing(REFUSED_EDITS), answering(200, [streamedBytes()], EVENT_STREAM));
  const { sink } = await play({ upstream }, post({ ...WITH_EDITS, stream: true }));
  expect(sink.headers["x-relay-removed"]).toBe("field=context_management");
  expect(sink.text()).toBe(decode(streamedBytes()));
});

it("neither takes from the budget of retries nor from the accounts that may be tried", async () => {
  const busy = refusing("busy", 529);
  const upstream = inTurn(refusing(REFUSED_EDITS), busy, busy, served);
  const { sink, told } = await play({ pool: POOL, upstream }, post(WITH_EDITS));
  expect(told.dispatched.map(({ request }) => request.accountId)).toEqual([
    "acc_a",
    "acc_a",
    "acc_b",
    "acc_c",
  ]);
  expect(sink.status).toBe(200);
  // The last account took the call as it came.
  expect(sink.headers).not.toHaveProperty("x-relay-removed");
  const none = { mayRetry: () => false };
  const again = await play({ upstream: strict, ports: none }, post(WITH_EDITS));
  expect(again.sink.status).toBe(200);
});

it("answers the first refusal when the call is refused without it too, and learns nothing", async () => {
  const { ports, send } = world(inTurn(refusing(REFUSED_EDITS), refusing("No credit.")));
  const { sink, sent } = await send(post(WITH_EDITS));
  expect(sent).toHaveLength(2);
  expect(sink.status).toBe(400);
  expect(sink.json()).toMatchObject({ error: { message: REFUSED_EDITS } });
  expect(sink.headers).not.toHaveProperty("x-relay-removed");
  expect(ports.capabilities.isEmpty()).toBe(true);
});

it("asks three times more at most, and the next call begins where it had to stop", async () => {
  const fields = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`field_${i}`, i]));
  const upstream: Upstream = (dispatched) => {
    const extra = /field_[0-5]/.exec(bodyOf(dispatched))?.[0];
    if (extra) refusing(`${extra}: Extra inputs are not permitted`)(dispatched);
    else served(dispatched);
  };
  const { send } = world(upstream, POOL);
  const first = await send(post({ ...CALL, ...fields }));
  expect(first.sent).toHaveLength(4);
  expect(first.sink.json()).toMatchObject({
    error: { message: "field_0: Extra inputs are not permitted" },
  });
  const second = await send(post({ ...CALL, ...fields }));
  expect(second.sink.status).toBe(200);
  expect(second.sent).toHaveLength(4);
});

it("asks once where nothing can be done without", async () => {
  const sentences = [
    "model: Extra inputs are not permitted",
    "messages: Extra inputs are not permitted",
    "max_tokens: Extra inputs are not permitted",
    // Named, but not sent.
    REFUSED_EDITS,
    REFUSED_BETA,
    "prompt is too long",
  ];
  for (const sentence of sentences) {
    const { told, sink } = await play({ upstream: refusing(sentence) });
    expect(told.dispatched, sentence).toHaveLength(1);
    expect(sink.status).toBe(400);
  }
});

it("does not ask again once a byte was passed, nor for a caller who has left", async () => {
  const [first = ""] = streamedMessage();
  const error = { type: "invalid_request_error", message: REFUSED_EDITS };
  const inBand = `event: error\ndata: ${JSON.stringify({ type: "error", error })}\n\n`;
  const body = { ...WITH_EDITS, stream: true };
  const begun = await play(
    { upstream: answering(200, [encode(first), encode(inBand)], EVENT_STREAM) },
    post(body),
  );
  expect(begun.told.dispatched).toHaveLength(1);
  const request = post(WITH_EDITS);
  const leaving: Upstream = (dispatched) => {
    request.leave();
    refusing(REFUSED_EDITS)(dispatched);
  };
  expect((await play({ upstream: leaving }, request)).told.dispatched).toHaveLength(1);
});

it("does not ask again behind a keep-alive, which has promised an answer of status 200", async () => {
  const { ports, send } = world((dispatched) => {
    ports.clock.advance(15_000);
    refusing(REFUSED_EDITS)(dispatched);
  });
  const { sent, sink } = await send(post({ ...WITH_EDITS, ...STREAMED }));
  expect(sent).toHaveLength(1);
  expect(sink.text()).toContain("ping");
});

it("goes without a refused value once, and learns nothing about others", async () => {
  const both = "`temperature` and `top_p` cannot both be specified for this model.";
  const { ports, send } = world(inTurn(refusing(both), served));
  const { sink } = await send(post({ ...CALL, temperature: 1, top_p: 0.9 }));
  expect(sink.headers["x-relay-removed"]).toBe("field=top_p");
  expect(ports.capabilities.isEmpty()).toBe(true);
});

it("sends a call as it came when what was left out is missed, and forgets what it had learnt", async () => {
  const upstream = inTurn(
    refusing("thinking.budget_tokens: Extra inputs are not permitted"),
    served,
    refusing("thinking.enabled.budget_tokens: Field required"),
    served,
    served,
  );
  const { ports, send } = world(upstream);
  await send(post({ ...CALL, thinking: { type: "disabled", budget_tokens: 1 } }));
  const body = { ...CALL, thinking: { type: "enabled", budget_tokens: 2_000 } };
  const { sink, sent } = await send(post(body));
  expect(sink.status).toBe(200);
  expect(sink.headers).not.toHaveProperty("x-relay-removed");
  expect(sent.map((one) => bodyOf(one).includes("budget_tokens"))).toEqual([false, true]);
  expect(ports.capabilities.isEmpty()).toBe(true);
});

it("says nothing bad about an account that did what it was asked", async () => {
  const { told } = await play({ pool: POOL, upstream: strict }, post(WITH_EDITS));
  const failed = told.reports.filter(({ kind }) => kind === "failed");
  expect(failed).toEqual([]);
  expect(told.reports).toHaveLength(1);
});

it("adapts what a translation wrote in the same way", async () => {
  const google = sampleAccount("acc_g", {
    provider: "gemini-api-key",
    openSecret: () => ({ apiKey: "AIzaSecret" }),
    modelMap: { entries: [{ from: "opus", to: "gemini-3-pro-preview" }] },
  });
  const answer = geminiEvents([{ text: "Hi", finish: "STOP" }]);
  const message =
    "Invalid JSON payload received. Unknown name \"topK\" at 'generation_config': Cannot find field.";
  const error = { code: 400, message, status: "INVALID_ARGUMENT" };
  const upstream: Upstream = (dispatched) => {
    const refused = answering(400, [encode(JSON.stringify({ error }))], JSON_TYPE);
    if (bodyOf(dispatched).includes("topK")) refused(dispatched);
    else answering(200, [answer], EVENT_STREAM)(dispatched);
  };
  const { send } = world(upstream, [google]);
  const body = { ...STREAMED, top_k: 3, temperature: 0.5 };
  const first = await send(post(body, WITH_BETAS));
  const second = await send(post(body, WITH_BETAS));
  expect([first.sent.length, second.sent.length]).toEqual([2, 1]);
  for (const { sink } of [first, second]) {
    expect(sink.status).toBe(200);
    expect(sink.headers["x-relay-removed"]).toBe("field=generation_config.topK");
    expect(sink.text()).toContain("message_stop");
  }
  expect(JSON.parse(second.sent[0] ? bodyOf(second.sent[0]) : "")).toMatchObject({
    generationConfig: { temperature: 0.5 },
  });
});

it("costs a passed call nothing while nothing is known: not even a look into the table", async () => {
  const looking = () => {
    throw new Error("looked");
  };
  const capabilities: RelayPorts["capabilities"] = {
    isEmpty: () => true,
    known: looking,
    learn: looking,
    forget: looking,
  };
  const { sink } = await play({ upstream: served, ports: { capabilities } }, post(WITH_EDITS));
  expect(sink.status).toBe(200);
});
