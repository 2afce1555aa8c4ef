import { createHash, createHmac } from "node:crypto";
import type { BackendCall } from "./backend";

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

/**
 * Is a request signed by this key, for this region and service, within five minutes of now?
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSigned(
  { method, url, headers, body }: BackendCall,
  key: { id: string; secret: string },
  region: string,
  service: string,
  nowMs: number,
): boolean {
  const [, id, day, inRegion, forService, names = "", given] =
    FORM.exec(headers.authorization ?? "") ?? [];
  const date = String(headers["x-amz-date"] ?? "");
  if (id !== key.id || inRegion !== region || forService !== service) return false;
  if (Math.abs(momentOf(date) - nowMs) > 300_000 || !date.startsWith(day ?? "-")) return false;
  const signed = names.split(";");
  const path = url.pathname
    .split("/")
    // Once in the path as it travels, and once more for the signature.
    .map((part) => encodeURIComponent(part))
    .join("/");
  const lines = signed.map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`).join("");
  const canonical = [method, path, url.search.slice(1), lines, names, sha256(body)].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const signing = [day ?? "", region, service, "aws4_request"].reduce<string | Buffer>(
    (by, part) => createHmac("sha256", by).update(part).digest(),
    `AWS4${key.secret}`,
  );
  return createHmac("sha256", signing).update(text).digest("hex") === given;
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function momentOf(date: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}
