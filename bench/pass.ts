import type { IncomingMessage, ServerResponse } from "node:http";
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
      const { connection: __, "transfer-encoding": ___, "keep-alive": ____, ...rest } = headers;
      res.writeHead(status, rest);
    },
    onResponseData(controller, chunk) {
      if (!res.write(chunk)) controller.pause();
    },
    onResponseEnd: () => void res.end(),
    // The caller may be gone, and its connection with it.
    onResponseError: () => void req.socket?.destroy(),
  };
}
