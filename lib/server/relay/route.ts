import { clientIpOf } from "../client-ip";
import { getContainer } from "../container";
import { declarePolicy } from "../http/route";
import { handleWebRequest } from "./web-adapter";

type Handler = (request: Request) => Promise<Response>;

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/**
 * The handlers of a relay route file. All methods lead to the one route table of the core, which
 * answers those that it does not serve in the face's own form. Keys are checked there, not here.
 */
export function relayRoute(): Readonly<Record<Method, Handler>> {
  const handler = declarePolicy("anyone", (request: Request) => answer(request));
  return {
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
  };
}

async function answer(request: Request): Promise<Response> {
  const container = getContainer();
  await container.start();
  return handleWebRequest(
    {
      play: container.relay.play,
      ipOf: clientIpOf,
      onBug: (err) => container.log("error", { event: "relay.bug", err }),
    },
    request,
  );
}
