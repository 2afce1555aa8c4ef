import { request as httpRequest, type IncomingMessage } from "node:http";

export interface RawCall {
  method: string;
  /** Sent as it is: no client tidies the path up. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** Leaves after so many bytes of the answer's body. */
  leaveAfterBytes?: number;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** Did the answer end as HTTP says it must, or was the connection cut? */
  end: "clean" | "cut" | "left";
}

/** One request on a connection of its own, with everything that a caller can notice of its answer. */
export function rawCall(base: string, call: RawCall): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  const { method, path, headers, body, leaveAfterBytes } = call;
  return new Promise((resolve, reject) => {
    const req = httpRequest({ hostname, port, method, path, headers, agent: false });
    req.on("error", reject);
    req.on("response", (res) => {
      req.off("error", reject).on("error", () => {});
      collect(res, leaveAfterBytes, resolve);
    });
    req.end(body);
  });
}

function collect(
  res: IncomingMessage,
  leaveAfterBytes: number | undefined,
  done: (answer: RawAnswer) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const finish = (end: RawAnswer["end"]) =>
    done({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks), end });
  res.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (leaveAfterBytes === undefined || length < leaveAfterBytes) return;
    finish("left");
    res.destroy();
  });
  res.on("end", () => finish("clean"));
  res.on("error", () => {});
  res.on("close", () => finish(res.complete ? "clean" : "cut"));
}
