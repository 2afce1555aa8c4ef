import { isAllowedClient } from "../clients";
import type { ProtocolId } from "../model";
import { PROVIDERS } from "./registry";
import { spokenFor } from "./spoken-for";

const RESERVED = new Map(
  PROVIDERS.filter(({ onlyClients }) => onlyClients.length > 0).map((provider) => [
    provider.id,
    provider.onlyClients,
  ]),
);

/**
 * Which providers let a client program use their accounts. One that keeps them for its own program gets
 * that program's requests as they are: never another's, and never translated.
 */
export function admitsClient(
  userAgent: string,
  protocol: ProtocolId,
): (providerId: string) => boolean {
  return (providerId) => {
    const only = RESERVED.get(providerId);
    if (!only) return true;
    return spokenFor(protocol)(providerId) === protocol && isAllowedClient(only, userAgent);
  };
}
