import type { KeyRecord, ModelMap, PoolAccount, ProtocolId } from "../model";
import type { DecisionTrace } from "../ports";

/** What the choice of an account depends on, besides the pool. */
export interface ChoiceFacts {
  protocol: ProtocolId;
  /** Model as the client asked for it. */
  model: string;
  key: Pick<KeyRecord, "id" | "ownerId" | "binding"> & { modelMap: ModelMap };
  /** Account that this session was on, if any. */
  stickyAccountId: string | null;
  /** Protocol that an account's provider speaks; null for a provider that is gone. */
  protocolOf(provider: string): ProtocolId | null;
}

export interface Choice {
  account: PoolAccount | null;
  trace: DecisionTrace;
}
