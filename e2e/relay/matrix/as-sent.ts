/** What OpenAI's streaming helpers add to an answer for their user; sent back, OpenAI refuses it. */
const ADDED: ReadonlySet<string> = new Set(["parsed", "parsed_arguments"]);

/** An answer as a client sends it back. */
export function asSent<T>(answer: T): T {
  const json = JSON.stringify(answer, (name, value) => (ADDED.has(name) ? undefined : value));
  return JSON.parse(json);
}
