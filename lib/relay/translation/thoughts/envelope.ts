import { AppError } from "../../../shared/errors";
import type { Hmac } from "./thoughts";

/**
 * Begins every envelope. As base64 it is nine whole bytes, so that an envelope is base64 from its first
 * character (Gemini's signatures are bytes on the wire), and without `+` and `/` a client that decodes and
 * encodes it again, in either alphabet, leaves it as it is. Its first letter is a rare one: that makes the
 * search for it in a body of 50 kB twenty times faster (1 µs).
 */
export const SEAL_MARK = "ZqSealed0001";

const MARK_BYTES = Buffer.from(SEAL_MARK, "base64");
const MARK_TEXT = Buffer.from(SEAL_MARK);
const KEY_ID_CHARS = 6;
/** 132 bits of the HMAC. */
const MAC_CHARS = 22;
const NEWLINE = 10;

/** What was signed: t(houghts), r(edacted thoughts), c(all of a tool), x (text). */
export type SealedKind = "t" | "r" | "c" | "x";

export interface Sealed {
  kind: SealedKind;
  /** `provenanceOf` its maker. */
  maker: string;
  /** As the maker signed it; "" for thoughts that it left unsigned. */
  raw: string;
}

/**
 * Puts a signature into an envelope that names its maker. It hides nothing (signatures are opaque to
 * everybody but their makers); it proves that this portal had the signature from that maker.
 */
export function seal({ kind, maker, raw }: Sealed, hmac: Hmac): string {
  const bytes = Buffer.from(raw, "base64");
  // Most signatures are base64, and half as long again when that is not undone first.
  const form = raw !== "" && bytes.toString("base64") === raw ? "b" : "u";
  const head = `${keyId(hmac)}${macOf({ kind, maker, raw }, hmac)}${kind}${form}${maker}\n`;
  const body = form === "b" ? bytes : Buffer.from(raw);
  return Buffer.concat([MARK_BYTES, Buffer.from(head), body]).toString("base64");
}

/**
 * What an envelope of this portal holds. null: no envelope of any portal. "unknown": one of another
 * portal, or of a secret that is no longer in use; nobody but its maker can tell what it holds.
 * Throws AppError("invalid_request") for one that is not as this portal made it.
 */
export function unseal(text: string, hmac: Hmac): Sealed | "unknown" | null {
  if (!text.startsWith(SEAL_MARK)) return null;
  const bytes = Buffer.from(text, "base64").subarray(MARK_BYTES.length);
  const ownKey = keyId(hmac);
  if (bytes.subarray(0, KEY_ID_CHARS).toString("latin1") !== ownKey) return "unknown";
  const headEnd = bytes.indexOf(NEWLINE);
  if (headEnd < 0) throw forged();
  const head = bytes.subarray(KEY_ID_CHARS, headEnd).toString("latin1");
  const body = bytes.subarray(headEnd + 1);
  const rest = head.slice(MAC_CHARS);
  const sealed = {
    kind: rest.slice(0, 1) as SealedKind,
    maker: rest.slice(2),
    raw: body.toString(rest[1] === "b" ? "base64" : "utf8"),
  };
  if (head.slice(0, MAC_CHARS) !== macOf(sealed, hmac)) throw forged();
  return sealed;
}

/** May this body hold envelopes? A search for bytes, so that a body that passes through is not parsed. */
export function mayHoldSeal(body: Uint8Array): boolean {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(MARK_TEXT);
}

/** Tells secrets apart, so that what an older one sealed is no forgery. */
function keyId(hmac: Hmac): string {
  return hmac("thought key").slice(0, KEY_ID_CHARS);
}

function macOf({ kind, maker, raw }: Sealed, hmac: Hmac): string {
  return hmac(`thought\n${kind}\n${maker}\n${raw}`).slice(0, MAC_CHARS);
}

function forged(): AppError {
  return new AppError(
    "invalid_request",
    "A thought signature in this conversation is not as it was handed out.",
  );
}
