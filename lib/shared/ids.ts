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
  pepper: "pep",
  importRun: "imp",
  channel: "chn",
  process: "proc",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** Code of the letter that a byte stands for; 0 for a byte that is redrawn. */
const LETTER_CODES = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < UNBIASED_LIMIT ? ALPHABET.charCodeAt(byte % 62) : 0,
);

/** Random bytes are drawn this many at a time: a draw costs far more than its bytes. */
const pool = new Uint8Array(4_096);
let drawn = pool.length;

/** `length` base62 characters from the platform's cryptographic random source, without bias. */
export function randomBase62(length: number): string {
  const codes: number[] = [];
  while (codes.length < length) {
    const code = LETTER_CODES[nextByte()] ?? 0;
    if (code !== 0) codes.push(code);
  }
  return String.fromCharCode(...codes);
}

function nextByte(): number {
  if (drawn === pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  const byte = pool[drawn] ?? UNBIASED_LIMIT;
  // A letter that was handed out may be a secret's: it stays nowhere else.
  pool[drawn++] = UNBIASED_LIMIT;
  return byte;
}

/** A new id such as `key_4fT…` with about 131 random bits. */
export function newId(kind: IdKind): string {
  return `${ID_PREFIXES[kind]}_${randomBase62(RANDOM_LENGTH)}`;
}

/** Is this text shaped like an id of that kind? Says nothing about whether the thing exists. */
export function isId(kind: IdKind, text: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-9A-Za-z]{${RANDOM_LENGTH}}$`).test(text);
}
