import { rawCall } from "../relay/support/raw-call";

/** The portal's own JSON API, called as a signed-in browser does. */
export interface PortalApi {
  /** @throws with the server's words for every status of 300 or more */
  call<T>(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<T>;
}

/** @param cookie of a signed-in session, as `signInOverHttp` answers it */
export function portalApi(base: string, cookie: string): PortalApi {
  return {
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await rawCall(base, {
        method,
        path,
        headers: { origin: base, cookie, "content-type": "application/json" },
        ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
      });
      if (answer.status >= 300) {
        throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
      }
      // Only tests call it, and they name the contract of what they asked for.
      return (answer.status === 204 ? undefined : JSON.parse(answer.body.toString())) as T;
    },
  };
}
