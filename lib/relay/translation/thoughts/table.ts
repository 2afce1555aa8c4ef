import type { SignerGroup } from "./provenance";

/** Blocks that are signed. */
export type SignedKind = "thinking" | "redacted-thinking" | "tool-call" | "text";

/** How a block's signature stands to the upstream that is asked now. */
export type Standing =
  /** Sealed here, and made by what reads it now. */
  | "own"
  /** Sealed here, and made by another provider, generation or organisation. */
  | "other"
  /** Sealed by another portal or under a former secret: nobody here can tell what it is. */
  | "unknown"
  /** Not sealed, in a call of the upstream's own protocol: what passed through earlier. */
  | "raw"
  /** Not sealed, in a call of another protocol. */
  | "foreign"
  /** There is no signature. */
  | "unsigned";

export type Fate =
  /** The maker's own signature is put back. */
  | "restore"
  /** The block goes as it came. */
  | "keep"
  /**
   * The block goes without signature. A call that Gemini wants signed is given the value that Google
   * documents for histories of other models.
   */
  | "downgrade"
  /** The block goes not at all, and is named as a loss. */
  | "drop";

type Row = Readonly<Record<Standing, Fate>>;

const ONLY_SIGNED: Row = {
  own: "restore",
  other: "drop",
  unknown: "drop",
  raw: "keep",
  foreign: "drop",
  unsigned: "drop",
};
const SIGNED_OR_NOT: Row = {
  own: "restore",
  other: "downgrade",
  unknown: "downgrade",
  raw: "keep",
  foreign: "downgrade",
  unsigned: "keep",
};
const NEVER: Row = {
  own: "drop",
  other: "drop",
  unknown: "drop",
  raw: "drop",
  foreign: "drop",
  unsigned: "drop",
};
/** Its writer says what becomes of the block; a signature is of no use to it. */
const WITHOUT: Row = {
  own: "downgrade",
  other: "downgrade",
  unknown: "downgrade",
  raw: "keep",
  foreign: "downgrade",
  unsigned: "keep",
};

/**
 * What becomes of a signed block, by the upstream, the kind of block and the standing of its signature.
 * Thoughts are never turned into text: they would be read as something that was said.
 */
export const FATES: Readonly<Record<SignerGroup, Readonly<Record<SignedKind, Row>>>> = {
  // Claude refuses thoughts that it has not signed, and knows no signatures on anything else.
  anthropic: {
    thinking: ONLY_SIGNED,
    "redacted-thinking": ONLY_SIGNED,
    "tool-call": WITHOUT,
    text: WITHOUT,
  },
  // Gemini reads unsigned thoughts and texts, and refuses a signature that is not its own.
  gemini: {
    thinking: SIGNED_OR_NOT,
    "redacted-thinking": NEVER,
    "tool-call": SIGNED_OR_NOT,
    text: SIGNED_OR_NOT,
  },
  // OpenAI refuses encrypted thoughts of another organisation; an item without any may be kept by it.
  "openai-responses": {
    thinking: { ...ONLY_SIGNED, unsigned: "keep" },
    "redacted-thinking": NEVER,
    "tool-call": WITHOUT,
    text: WITHOUT,
  },
  "openai-chat": {
    thinking: WITHOUT,
    "redacted-thinking": NEVER,
    "tool-call": WITHOUT,
    text: WITHOUT,
  },
};
