/** JSON as Google writes whole answers: two blanks of indent. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/**
 * JSON as Google writes stream events: on one line, a blank after each colon, none after commas.
 * Line breaks of the indented form lie outside of strings only, where JSON has them escaped.
 */
export function eventJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, "");
}
