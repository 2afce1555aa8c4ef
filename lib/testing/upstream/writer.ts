import type { ServerResponse } from "node:http";
import { createGzip, type Gzip } from "node:zlib";
import type { PlannedWrite, WritePlan } from "./fault-plan";
import type { CutForm } from "./faults";
import type { Reply } from "./reply";

/** Told about what really went to the socket. */
interface WriteWatcher {
  onHead(status: number): void;
  onWritten(write: PlannedWrite): void;
  /** Once, whatever the end. `early`: the client closed before the plan was carried out. */
  onClosed(early: boolean): void;
}

/** Time for written bytes to reach a client on the same machine before the reset overtakes them. */
const RESET_AFTER_MS = 3;
/** Events are joined up to this size when nothing is to pass between them. */
const BURST_BYTES = 16_384;
const ENDLESS_PIECE = Buffer.alloc(65_536, "x");

/**
 * Carries out a plan on a response, waiting for the client whenever its window is full, so that an
 * event counts as written only when the client's side could take it.
 */
export function carryOut(
  response: ServerResponse,
  reply: Reply,
  plan: WritePlan,
  watcher: WriteWatcher,
): void {
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  response.on("close", () => {
    if (timer !== null) clearTimeout(timer);
    watcher.onClosed(!ended);
  });
  const later = (ms: number, fn: () => void) => {
    if (ms <= 0) fn();
    else timer = setTimeout(fn, ms);
  };
  const finish = (out: ServerResponse | Gzip) => {
    if (plan.ending === "silence") return;
    ended = true;
    if (plan.ending === "end") out.end();
    else breakOff(response, plan.ending);
  };

  later(plan.headDelayMs, () => {
    if (response.destroyed) return;
    if (plan.cutBeforeHead !== null) {
      ended = true;
      breakOff(response, plan.cutBeforeHead);
      return;
    }
    const out = writeHead(response, reply, plan);
    watcher.onHead(reply.status);
    if (plan.endlessLineBytes !== null) {
      pourEndlessLine(response, plan.endlessLineBytes, () => finish(out));
      return;
    }
    const writing = { response, out, chunkBytes: reply.pace.chunkBytes, later };
    writeAll(writing, plan, watcher.onWritten, () => finish(out));
  });
}

function writeHead(response: ServerResponse, reply: Reply, plan: WritePlan): ServerResponse | Gzip {
  const headers: Record<string, string> = { ...reply.headers };
  if (!reply.streamed && !plan.gzip) {
    headers["content-length"] = String(bodyLength(reply, plan));
  }
  if (plan.gzip) headers["content-encoding"] = "gzip";
  response.writeHead(reply.status, headers);
  // Otherwise the head leaves in one packet with the first write, which follows at once.
  if (plan.writes.length === 0) response.flushHeaders();
  if (!plan.gzip) return response;
  const gzip = createGzip();
  gzip.pipe(response);
  return gzip;
}

/** A body that is cut announces its full length, so that the client can tell that it was cut. */
function bodyLength(reply: Reply, plan: WritePlan): number {
  if (plan.ending === "end") return plan.writes.reduce((sum, write) => sum + write.bytes.length, 0);
  return reply.events.reduce((sum, event) => sum + Buffer.byteLength(event.text), 0);
}

/** Where bytes go, and how to wait. */
interface Writing {
  response: ServerResponse;
  out: ServerResponse | Gzip;
  /** Size of one write; null for whole events. */
  chunkBytes: number | null;
  later: (ms: number, fn: () => void) => void;
}

/** Without a pause between events they leave in bursts, as long as the client takes them. */
function writeAll(
  writing: Writing,
  plan: WritePlan,
  onWritten: (write: PlannedWrite) => void,
  done: () => void,
): void {
  const writes = plan.eventDelayMs > 0 ? plan.writes : inBursts(plan.writes);
  let next = 0;
  const step = (): void => {
    const write = writes[next];
    if (writing.response.destroyed) return;
    if (write === undefined) {
      done();
      return;
    }
    next++;
    writeOne(writing, write.bytes, () => {
      onWritten(write);
      const last = next >= writes.length;
      if (last) step();
      else if (plan.eventDelayMs > 0) writing.later(plan.eventDelayMs, step);
      else setImmediate(step);
    });
  };
  step();
}

/** Joins adjacent writes while they are small. The tokens of the last one count for all. */
function inBursts(writes: readonly PlannedWrite[]): PlannedWrite[] {
  const bursts: PlannedWrite[] = [];
  let open: Buffer[] = [];
  let size = 0;
  for (const [index, write] of writes.entries()) {
    open.push(write.bytes);
    size += write.bytes.length;
    if (size < BURST_BYTES && index < writes.length - 1) continue;
    bursts.push({ ...write, bytes: open.length === 1 ? write.bytes : Buffer.concat(open, size) });
    open = [];
    size = 0;
  }
  return bursts;
}

function writeOne(writing: Writing, bytes: Buffer, done: () => void): void {
  const { response, out, chunkBytes } = writing;
  if (chunkBytes !== null) {
    writeSliced(response, out, bytes, chunkBytes, done);
    return;
  }
  const room = out.write(bytes);
  if ("flush" in out) out.flush();
  if (room) done();
  else out.once("drain", done);
}

/** Each slice leaves in a turn of the event loop of its own, so that it is a packet of its own. */
function writeSliced(
  response: ServerResponse,
  out: ServerResponse | Gzip,
  bytes: Buffer,
  sliceBytes: number,
  done: () => void,
): void {
  let at = 0;
  const slice = (): void => {
    if (response.destroyed) return;
    if (at >= bytes.length) {
      done();
      return;
    }
    const room = out.write(bytes.subarray(at, at + sliceBytes));
    at += sliceBytes;
    if (room) setImmediate(slice);
    else out.once("drain", slice);
  };
  slice();
}

function pourEndlessLine(response: ServerResponse, limit: number, done: () => void): void {
  let left = limit;
  response.write("data: ");
  const pour = (): void => {
    while (!response.destroyed) {
      if (left <= 0) {
        done();
        return;
      }
      const piece = ENDLESS_PIECE.subarray(0, Math.min(left, ENDLESS_PIECE.length));
      left -= piece.length;
      if (!response.write(piece)) {
        response.once("drain", pour);
        return;
      }
    }
  };
  pour();
}

/** A FIN waits for what was written before; a reset throws it away, hence the short wait. */
function breakOff(response: ServerResponse, form: CutForm): void {
  const socket = response.socket;
  if (socket === null) return;
  if (form === "fin") {
    socket.end();
    return;
  }
  setTimeout(() => socket.resetAndDestroy(), RESET_AFTER_MS);
}
