import type { PreparedAnswers } from "./anthropic/prepared";
import type { UpstreamAction, UpstreamCall } from "./call";
import type { Json } from "./json";
import type { PrefixCache } from "./prefix-cache";
import type { Reply } from "./reply";

/** A protocol's handlers; what is not there is a path that it does not have. */
export type Handlers = Readonly<
  Partial<Record<UpstreamAction, (call: UpstreamCall, world: UpstreamWorld) => Reply>>
>;

/** What a protocol's handlers share. */
export interface UpstreamWorld {
  cache: PrefixCache;
  /** Answers that need not be worked out again. */
  prepared: PreparedAnswers;
  /** Items of the responses that were stored, oldest first, by the response's id. */
  responses: Map<string, readonly Json[]>;
  /** Models that exist besides the built-in ones. */
  extraModels: ReadonlySet<string>;
  /** Secret of the signatures that the fake hands out and checks. */
  signingSecret: string;
  /** Takes signatures of others as well: for conversations that were recorded elsewhere. */
  foreignSignatures: boolean;
}
