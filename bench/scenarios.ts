import { messagesBody } from "./messages";
import type { Options, ScenarioName } from "./options";
import type { UpstreamOrder } from "./upstream-process";

/** One kind of work that every relay is given. */
export interface Scenario {
  name: ScenarioName;
  title: string;
  order: UpstreamOrder;
  body: Buffer;
  /** Requests of one round, and how many of them are under way at a time. */
  requests: number;
  connections: number;
  /** What a request's CPU is divided by, and the unit of the outcome. */
  per: "request" | "event";
  /** Is it also asked for without any relay? */
  direct: boolean;
}

const KIB = 1024;
const MIB = KIB * KIB;
const SMALL = 4 * KIB;

/** What is measured, in the order of the report. */
export function scenariosOf(options: Options): Scenario[] {
  const { requests, streams, eventsPerStream, probes, mediumBodies, largeBodies } = options;
  const json = { answer: "json", events: 0 } as const;
  const burst = { answer: "burst", events: 0 } as const;
  const paced = { answer: "paced", events: eventsPerStream } as const;
  const whole = { per: "request", direct: false } as const;
  const small = messagesBody(SMALL, false);
  const streamed = messagesBody(SMALL, true);
  const all: Scenario[] = [
    {
      name: "burst",
      title: "61 events in one write: CPU ms/request",
      order: burst,
      body: streamed,
      requests,
      connections: 16,
      ...whole,
    },
    {
      name: "json",
      title: "small JSON: CPU ms/request",
      order: json,
      body: small,
      requests,
      connections: 16,
      ...whole,
    },
    {
      name: "paced",
      title: `${streams} streams × ${eventsPerStream} events at 20 ms: CPU µs/event`,
      order: paced,
      body: streamed,
      requests: streams,
      connections: streams,
      per: "event",
      direct: false,
    },
    {
      name: "ttfb",
      title: "one at a time: CPU ms/request",
      order: burst,
      body: streamed,
      requests: probes,
      connections: 1,
      per: "request",
      direct: true,
    },
    {
      name: "body1m",
      title: "1 MB body: CPU ms/request",
      order: json,
      body: messagesBody(MIB, false),
      requests: mediumBodies,
      connections: 2,
      ...whole,
    },
    {
      name: "body8m",
      title: "8 MB body: CPU ms/request",
      order: json,
      body: messagesBody(8 * MIB, false),
      requests: largeBodies,
      connections: 1,
      ...whole,
    },
  ];
  return all.filter(({ name }) => options.only.includes(name));
}
