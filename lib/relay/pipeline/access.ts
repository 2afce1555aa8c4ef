import { AppError } from "../../shared/errors";
import { isAllowedClient } from "../clients";
import { isInRanges } from "../ip-range";
import type { FaceId, KeyRecord } from "../model";
import { matchesPattern } from "../patterns";
import type { RelayRequest } from "../ports";

/** Checks what a key may do at all, before its body is read. Throws AppError("forbidden"). */
export function checkKeyRules(
  key: KeyRecord,
  face: FaceId,
  { headers, ip }: Pick<RelayRequest, "headers" | "ip">,
): void {
  if (key.faces && !key.faces.includes(face)) {
    throw new AppError("forbidden", "This API key may not be used for this kind of API.");
  }
  if (key.ipAllow && !isInRanges(ip, key.ipAllow)) {
    throw new AppError("forbidden", "This API key may not be used from this address.");
  }
  if (key.clients && !isAllowedClient(key.clients, headers["user-agent"] ?? "")) {
    throw new AppError("forbidden", "This API key may not be used with this client.");
  }
}

/** Checks the model as it was asked for. Throws AppError("forbidden"). */
export function checkModel(key: Pick<KeyRecord, "models">, model: string): void {
  if (isModelAllowed(key, model)) return;
  throw new AppError("forbidden", `This API key may not use the model ${model}.`);
}

/** An allow-list admits what matches it, a deny-list what does not; no list admits everything. */
export function isModelAllowed({ models }: Pick<KeyRecord, "models">, model: string): boolean {
  if (!models) return true;
  const listed = models.patterns.some((pattern) => matchesPattern(pattern, model));
  return models.mode === "allow" ? listed : !listed;
}
