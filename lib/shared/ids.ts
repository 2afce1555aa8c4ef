const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 22;
/** Largest multiple of 62 that fits a byte: bytes above it are redrawn so that no letter is favoured. */
const UNBIASED_LIMIT = 248;

/** Prefix of each kind of id. An id says what it names wherever it turns up. */
export const ID_PREFIXES = {
  user: "usr",
  session: "ses",
  team: "team",
  key: "key",
  account: "acc",
  group: "grp",
  request: "req",
  priceBook: "book",
  ledger: "led",
  audit: "aud",
  token: "tok",
  invitation: "inv",
  process: "proc",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** `length` base62 characters from the platform's cryptographic random source, without bias. */
export function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < UNBIASED_LIMIT && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}

/** A new id such as `key_4fT…` with about 131 random bits. */
export function newId(kind: IdKind): string {
  return `${ID_PREFIXES[kind]}_${randomBase62(RANDOM_LENGTH)}`;
}

/** Is this text shaped like an id of that kind? Says nothing about whether the thing exists. */
export function isId(kind: IdKind, text: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-9A-Za-z]{${RANDOM_LENGTH}}$`).test(text);
}
