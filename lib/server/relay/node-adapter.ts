import type { IncomingMessage, ServerResponse } from "node:http";
import type { RelayRequest, RelaySink } from "../../relay/ports";
import { readBody } from "./node-body";
import { nodeSink } from "./node-sink";
import { readQuery, readTarget } from "./paths";

/** Plays one exchange. Never rejects: a failure is an answer. */
export type PlayExchange = (request: RelayRequest, sink: RelaySink) => Promise<void>;

export interface NodeDoor {
  play: PlayExchange;
  /** Address of the caller, from trusted hops only. */
  ipOf(req: IncomingMessage): string;
  /** The exchange itself broke, which is a bug: the connection is cut, this is told. */
  onBug(thrown: unknown): void;
}

/**
 * The fast lane: hands a Node request to the relay's core without Next in between.
 * @param waitsForContinue the caller waits for "100 Continue" before it sends its body
 */
export function handleNodeRequest(
  door: NodeDoor,
  req: IncomingMessage,
  res: ServerResponse,
  waitsForContinue: boolean,
): void {
  const sink = nodeSink(req, res);
  const request = relayRequest(door, req, res, waitsForContinue);
  door.play(request, sink).catch((thrown: unknown) => {
    door.onBug(thrown);
    sink.fail();
  });
}

function relayRequest(
  door: NodeDoor,
  req: IncomingMessage,
  res: ServerResponse,
  waitsForContinue: boolean,
): RelayRequest {
  const { path, query } = readTarget(req.url ?? "/");
  return {
    method: req.method ?? "GET",
    path,
    query: readQuery(query),
    headers: plainHeaders(req),
    ip: door.ipOf(req),
    body(maxBytes) {
      if (waitsForContinue && announcedBytes(req) <= maxBytes) res.writeContinue();
      return readBody(req, maxBytes);
    },
    onLeave: (fn) => onLeave(res, fn),
  };
}

const announcedBytes = ({ headers }: IncomingMessage) => Number(headers["content-length"] ?? 0);

/** Calls `fn` when the connection closes before the answer was ended. */
function onLeave(res: ServerResponse, fn: () => void): () => void {
  let tell: (() => void) | null = fn;
  res.on("close", () => {
    if (!res.writableEnded) tell?.();
    tell = null;
  });
  // Forgetting is cheaper than taking the listener away: the response has not long to live.
  return () => {
    tell = null;
  };
}

/** Node's own object, which is nobody's to change: of all headers only "set-cookie" is a list. */
function plainHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const cookies = headers["set-cookie"];
  const plain = cookies ? { ...headers, "set-cookie": cookies.join(", ") } : headers;
  return plain as Readonly<Record<string, string>>;
}
