import type { TranslatedId } from "../../model";
import type { NeutralCall } from "../../neutral";

/**
 * Continuity of thought. A provider signs its thoughts and accepts only its own; a conversation that
 * moves between providers, accounts or models must therefore know of each signature who made it.
 *
 * On the way out `sealThoughts` / `sealAnswer` put every signature of a translated answer into an
 * envelope that names its maker under the portal's HMAC, or keep it in the store where the client's
 * protocol has no field for it. On the way in `namesToRecall` says what the store is to be asked for, and
 * `openThoughts` decides by a table (`table.ts`) what each block becomes for the upstream at hand.
 */

/** An account and model that signs thoughts, or that they are sent to. */
export interface Thinker {
  protocol: TranslatedId;
  /** Model as the upstream is asked for it. */
  model: string;
  accountId: string;
}

/** Keyed hash of the portal, in base64url; the same in all of its processes. */
export type Hmac = (text: string) => string;

/** Something for the store: found again by its name, within one owner. */
export interface KeptThought {
  name: string;
  /** A sealed signature. */
  sealed: string;
}

/** What sealing is told about the answer. */
export interface SealFacts {
  /** Who answers. */
  maker: Thinker;
  /** Protocol in which the client is answered. */
  face: TranslatedId;
  /** Makes references unique. */
  requestId: string;
  /** The call that is answered, as the client sent it. */
  asked: NeutralCall;
  /** `CallFacts.session` of it. */
  session: string | null;
  hmac: Hmac;
  /** Takes what the client cannot carry; called before the event that the client needs it for. */
  keep(thoughts: readonly KeptThought[]): void;
}

/** What opening is told about the call. */
export interface OpenFacts {
  /** Protocol in which the client asked. */
  face: TranslatedId;
  /** Who is asked now. */
  target: Thinker;
  /** `CallFacts.session` of the call. */
  session: string | null;
  hmac: Hmac;
  /** What the store knows of `namesToRecall`, by name; empty when it was not asked or has nothing. */
  recalled: ReadonlyMap<string, string>;
  /** The upstream has refused the signatures of its own protocol: none of them is kept. */
  distrusts?: boolean;
}
