import type { PreparedAnswers } from "./anthropic/prepared";
import type { PrefixCache } from "./prefix-cache";

/** What a protocol's handlers share. */
export interface UpstreamWorld {
  cache: PrefixCache;
  /** Answers that need not be worked out again. */
  prepared: PreparedAnswers;
  /** Models that exist besides the built-in ones. */
  extraModels: ReadonlySet<string>;
  /** Secret of the signatures that the fake hands out and checks. */
  signingSecret: string;
  /** Takes signatures of others as well: for conversations that were recorded elsewhere. */
  foreignSignatures: boolean;
}
