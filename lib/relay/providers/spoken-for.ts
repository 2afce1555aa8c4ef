import type { ProtocolId } from "../model";
import { providerOf } from "./registry";
import { spokenBy } from "./spoken";

type Spoken = (providerId: string) => ProtocolId | null;

const kept = new Map<ProtocolId, Spoken>();

/**
 * For calls in one format: the format in which each kind of account is sent them; null for a kind that
 * cannot be reached, or is not known. One function for each format: every request asks it of every account.
 */
export function spokenFor(asked: ProtocolId): Spoken {
  const found = kept.get(asked);
  if (found) return found;
  const known = new Map<string, ProtocolId | null>();
  const spoken = (providerId: string) => {
    const before = known.get(providerId);
    if (before !== undefined) return before;
    const provider = providerOf(providerId);
    const answer = provider && spokenBy(provider, asked);
    if (provider) known.set(providerId, answer);
    return answer;
  };
  kept.set(asked, spoken);
  return spoken;
}
