import type { IncomingHttpHeaders } from "node:http";
import { anthropicFailure } from "./anthropic/failure";
import type { UpstreamProtocol } from "./book";
import { geminiFailure, INVALID_KEY, MISSING_KEY } from "./gemini/failure";
import { textOf } from "./json";
import type { Reply } from "./reply";

/** Keys that the fake accepts unless it is given others. */
export const FAKE_ANTHROPIC_KEY = "sk-ant-api03-fake-upstream-key-for-tests-only";
export const FAKE_GEMINI_KEY = "AIzaFakeUpstreamKeyForTestsOnly0000000000";

/** Accepted keys per protocol. */
export type UpstreamKeys = Readonly<Record<UpstreamProtocol, ReadonlySet<string>>>;

/** The key of a request, in any of the forms that the provider takes; "" for none. */
export function keyOf(
  protocol: UpstreamProtocol,
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): string {
  const bearer = /^Bearer\s+(.*)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  if (protocol === "anthropic") return textOf(headers["x-api-key"]) || bearer;
  return textOf(headers["x-goog-api-key"]) || query.get("key") || bearer;
}

/** The provider's answer to a wrong or missing key; null when the key is right. */
export function refuseKey(
  protocol: UpstreamProtocol,
  key: string,
  keys: UpstreamKeys,
  request: { id: string; headers: IncomingHttpHeaders; inArray: boolean },
): Reply | null {
  if (keys[protocol].has(key)) return null;
  if (protocol === "anthropic") {
    const wrong = request.headers["x-api-key"] === undefined ? "Invalid bearer token" : null;
    return anthropicFailure(request.id, 401, key === "" ? "x-api-key header is required" : wrong);
  }
  if (key === "") return geminiFailure(MISSING_KEY, request.inArray);
  const byBearer = request.headers.authorization?.endsWith(key) === true;
  return geminiFailure(byBearer ? { status: 401 } : INVALID_KEY, request.inArray);
}
