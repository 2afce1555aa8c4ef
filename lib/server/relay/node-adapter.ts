import type { IncomingMessage, ServerResponse } from "node:http";
import type { RelayRequest, RelaySink } from "../../relay/ports";
import { once } from "../../shared/once";
import { readBody } from "./node-body";
import { nodeSink } from "./node-sink";
import { readTarget } from "./paths";

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
    query: new URLSearchParams(query),
    headers: plainHeaders(req),
    ip: door.ipOf(req),
    body(maxBytes) {
      const announced = Number(req.headers["content-length"] ?? 0);
      if (waitsForContinue && announced <= maxBytes) res.writeContinue();
      return readBody(req, maxBytes);
    },
    onLeave: (fn) => onLeave(res, fn),
  };
}

/** Calls `fn` when the connection closes before the answer was ended. */
function onLeave(res: ServerResponse, fn: () => void): () => void {
  const left = once(fn);
  const onClose = () => {
    if (!res.writableEnded) left();
  };
  res.on("close", onClose);
  return () => res.off("close", onClose);
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") plain[name] = value;
    else if (value !== undefined) plain[name] = value.join(", ");
  }
  return plain;
}
