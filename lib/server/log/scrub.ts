/** Fields whose value is a secret whatever it looks like; matched without regard to case. */
const SECRET_FIELDS = [
  "authorization",
  "proxy-authorization",
  "x-api-key",
  "x-goog-api-key",
  "api-key",
  "api_key",
  "apikey",
  "key_secret",
  "cookie",
  "set-cookie",
  "password",
  "passwordhash",
  "secret",
  "sealedsecret",
  "client_secret",
  "token",
  "access_token",
  "accesstoken",
  "refresh_token",
  "refreshtoken",
  "id_token",
  "sessiontoken",
];

/** What a blanked value is written as, in JSON. */
export const REDACTED = '"[redacted]"';
const STRING_OR_LIST = String.raw`"(?:[^"\\]|\\.)*"|\[[^\]]*\]`;
const FIELD = new RegExp(`("(?:${SECRET_FIELDS.join("|")})":)(?:${STRING_OR_LIST})`, "gi");
/** Where a word begins, also right after a line end or the like as JSON writes it. */
const START = String.raw`(?:\b|(?<=\\(?:[bfnrt]|u[0-9a-f]{4})))`;
/** Shapes of secrets wherever they stand: portal keys, Anthropic, OpenAI, Google, bearer tokens, query keys. */
const SHAPES = [
  new RegExp(`${START}cr_[A-Za-z0-9_-]{8,}`, "g"),
  new RegExp(`${START}sk-[A-Za-z0-9_-]{8,}`, "g"),
  new RegExp(`${START}AIza[A-Za-z0-9_-]{10,}`, "g"),
  new RegExp(String.raw`${START}ya29\.[A-Za-z0-9._-]{8,}`, "g"),
  new RegExp(String.raw`${START}eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*`, "g"),
  new RegExp(`${START}(?:Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}`, "gi"),
  /(?<=[?&](?:key|token|access_token|code)=)[^&\s"\\]+/gi,
  /(?<=:\/\/[^\s/@":]{0,64}:)[^\s/@"]+(?=@)/g,
];

/** What every one of them begins with or stands beside: most lines hold none of it and are left alone. */
const SUSPICIOUS = new RegExp(
  `(?:${SECRET_FIELDS.join("|")})"|cr_|sk-|aiza|ya29|eyj|bearer |basic |[?&](?:key|token|access_token|code)=|@`,
  "i",
);

/** The text with every secret that can be known by its field or its shape replaced. */
export function scrub(text: string): string {
  return SUSPICIOUS.test(text) ? blanked(text) : text;
}

function blanked(text: string): string {
  const byField = text.replace(FIELD, `$1${REDACTED}`);
  return SHAPES.reduce((line, shape) => line.replace(shape, "[redacted]"), byField);
}
