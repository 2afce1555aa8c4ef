import { makeKeySecret } from "../../shared/key-format";
import { exchange } from "../pipeline/exchange";
import { type FakePorts, type FakeWorld, fakePorts } from "./fake-ports";
import { type FakeRequest, type FakeSink, fakeRequest, fakeSink } from "./fake-sink";
import { sampleAccount, sampleKey } from "./samples";

/** The key that every played request presents, unless it says otherwise. */
export const SECRET = makeKeySecret();
export const EVENT_STREAM = { "content-type": "text/event-stream" };
export const JSON_TYPE = { "content-type": "application/json" };
export const HEADERS = { "x-api-key": SECRET, "user-agent": "claude-cli/2.1.330 (external)" };
export const CALL = {
  model: "claude-opus-5-5",
  max_tokens: 10,
  messages: [{ role: "user", content: "Hi" }],
};
export const STREAMED = { ...CALL, stream: true };
/** Four accounts that are alike. */
export const POOL = ["acc_a", "acc_b", "acc_c", "acc_d"].map((id) => sampleAccount(id));

/** A Messages call with the key. */
export function post(
  body: unknown = CALL,
  headers: Readonly<Record<string, string>> = HEADERS,
  path = "/api/v1/messages",
): FakeRequest {
  return fakeRequest(path, body, { headers });
}

/** Plays one exchange to its end in a world with one account and one key. */
export async function play(world: FakeWorld, request: FakeRequest = post()) {
  const { ports, sink, done } = start(world, request);
  await done;
  return { ports, told: ports.told, sink };
}

/** Begins an exchange and waits until it has asked its upstream. */
export async function playUntilSent(world: FakeWorld, request: FakeRequest = post(STREAMED)) {
  const started = start(world, request);
  for (let i = 0; i < 50; i++) await Promise.resolve();
  const [call] = started.ports.told.dispatched;
  if (!call) throw new Error("The exchange did not ask an upstream.");
  return { ...started, told: started.ports.told, call };
}

function start(
  world: FakeWorld,
  request: FakeRequest,
): { ports: FakePorts; sink: FakeSink; done: Promise<void> } {
  const keys = { [SECRET]: sampleKey() };
  const ports = fakePorts({ keys, pool: [sampleAccount("acc_a")], ...world });
  const sink = fakeSink();
  return { ports, sink, done: exchange(request, sink, ports) };
}
