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
  /**
   * Format that a call in this protocol is sent in to accounts of a provider; null when its upstream
   * cannot be reached by it, or the provider is gone.
   */
  spokenBy(provider: string): ProtocolId | null;
  /** Does a provider let this call's client program use its accounts? Any does when absent. */
  admits?: (provider: string) => boolean;
}

/** What decides the name that an account's upstream is asked for. */
export type NamingFacts = Pick<ChoiceFacts, "protocol" | "model" | "spokenBy"> & {
  key: Pick<ChoiceFacts["key"], "modelMap">;
};

export interface Choice {
  account: PoolAccount | null;
  trace: DecisionTrace;
}
