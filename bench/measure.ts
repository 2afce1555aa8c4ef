import { setTimeout as sleep } from "node:timers/promises";
import { rawCall } from "../e2e/relay/support/raw-call";
import { type Connection, openConnection, type Timing } from "./client";
import { treeCpuMs } from "./machine";
import { answerBody, wireRequest } from "./messages";
import type { Relay } from "./relays";
import type { Scenario } from "./scenarios";
import { percentile } from "./statistics";

/** A relay may still have work to do when its last answer has gone: it is counted too. */
const AFTER_WORK_MS = 150;

/** What one relay took for one scenario in one round. */
export interface Sample {
  /** ms per request, or µs per event. */
  cpu: number;
  firstByteP50Ms: number;
  firstByteP99Ms: number;
}

/** Plays one scenario through one relay. */
export async function measure(relay: Relay, scenario: Scenario): Promise<Sample> {
  const { connections, requests } = scenario;
  const { credential, headers } = relay;
  const request = wireRequest(`127.0.0.1:${relay.port}`, credential, scenario.body, headers);
  const open = await Promise.all(
    Array.from({ length: connections }, () => openConnection(relay.port)),
  );
  try {
    // A stream as long as a paced one would be measured twice over to warm its connection.
    if (scenario.per === "request") await Promise.all(open.map((one) => one.ask(request)));
    const before = treeCpuMs(relay.pid);
    const timings = await askAll(open, request, requests);
    await sleep(AFTER_WORK_MS);
    return sampleOf(scenario, treeCpuMs(relay.pid) - before, timings);
  } finally {
    for (const one of open) one.close();
  }
}

/** So many requests, each connection taking the next as soon as it has its answer. */
async function askAll(
  open: readonly Connection[],
  request: Buffer,
  count: number,
): Promise<Timing[]> {
  const timings: Timing[] = [];
  let left = count;
  const work = async (connection: Connection) => {
    while (left-- > 0) timings.push(await connection.ask(request));
  };
  await Promise.all(open.map(work));
  return timings;
}

function sampleOf({ per, requests, order }: Scenario, cpuMs: number, timings: Timing[]): Sample {
  const firstBytes = timings.map(({ firstByteMs }) => firstByteMs);
  return {
    cpu: per === "event" ? (cpuMs * 1_000) / (requests * order.events) : cpuMs / requests,
    firstByteP50Ms: percentile(firstBytes, 0.5),
    firstByteP99Ms: percentile(firstBytes, 0.99),
  };
}

/** A whole answer in the client's format, whatever its bytes. */
function isTranslated(body: Buffer): boolean {
  return body.includes('"stop_reason":"end_turn"') && body.includes('"output_tokens":');
}

/** @throws when a relay does not answer with exactly the upstream's bytes: it would not be comparable */
export async function checkAnswer(relay: Relay, { body, order, name }: Scenario): Promise<void> {
  const answer = await rawCall(`http://127.0.0.1:${relay.port}`, {
    method: "POST",
    path: "/v1/messages",
    headers: {
      "x-api-key": relay.credential,
      "content-type": "application/json",
      ...relay.headers,
    },
    body,
  });
  const expected = answerBody(order.answer, order.events);
  const isRight = relay.translates ? isTranslated(answer.body) : answer.body.equals(expected);
  if (answer.status === 200 && isRight) return;
  throw new Error(`${relay.name} answers ${name} with ${answer.status} and other bytes.`);
}
