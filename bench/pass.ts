import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher } from "undici";

/** Passes an upstream's answer on as it comes, with back-pressure and nothing else. */
export function passTo(req: IncomingMessage, res: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      res.on("close", () => {
        if (!res.writableEnded) controller.abort(new Error("The caller left."));
      });
      res.on("drain", () => controller.resume());
    },
    onResponseStart(_, status, headers) {
      res.writeHead(status, passedHeaders(headers));
    },
    onResponseData(controller, chunk) {
      if (!res.write(chunk)) controller.pause();
    },
    onResponseEnd: () => void res.end(),
    // The caller may be gone, and its connection with it.
    onResponseError: () => void req.socket?.destroy(),
  };
}

/** An answer's headers without those of the connection that it came on. */
export function passedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _, "transfer-encoding": __, "keep-alive": ___, ...rest } = headers;
  return rest;
}
