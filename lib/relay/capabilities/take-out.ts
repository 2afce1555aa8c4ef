import { buffer } from "../stream/bytes";
import { elementSpans, jsonPaths, parseSpan, type Span, scanJson } from "../stream/json-scan";
import { camelCase, KEPT_WITHIN, snakeCase } from "./essential";
import type { Removal } from "./removal";

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;

/** A stretch of bytes and what stands there instead. */
interface Edit extends Span {
  text: string;
}

/**
 * The body without a field, wherever its path leads; every other byte is untouched. The same bytes when
 * the body does not carry it, or is too broken for it to be found: that is the upstream's to say.
 */
export function takeOut(body: Uint8Array, removal: Removal): Uint8Array {
  if (removal.kind === "beta") return body;
  const words = removal.path.split(".");
  if (!mentions(body, words.at(-1) ?? "")) return body;
  try {
    const whole = { start: buffer(body).indexOf(OPEN_OBJECT), end: body.length };
    if (isKeptWhole(body, removal.path)) return body;
    const found = [...membersAt(body, whole, words, null)];
    return edited(body, found.map(editOf(body, whole, removal)));
  } catch {
    return body;
  }
}

/** Most bodies do not carry most fields, and a native search says so at little cost. */
function mentions(body: Uint8Array, word: string): boolean {
  return spellings(word).some((spelling) => buffer(body).includes(`"${spelling}"`));
}

function isKeptWhole(body: Uint8Array, path: string): boolean {
  const kept = KEPT_WITHIN[path];
  return kept !== undefined && scanJson(body, jsonPaths(kept)).has(kept);
}

/** Values of the members that a path leads to. `holder` is the member's value that `span` lies in as a whole. */
function* membersAt(
  bytes: Uint8Array,
  span: Span,
  [word, ...rest]: readonly string[],
  holder: Span | null,
): Generator<Span> {
  if (word === undefined) {
    if (holder) yield holder;
    return;
  }
  if (word === "*") {
    for (const element of elementSpans(bytes, span)) yield* membersAt(bytes, element, rest, null);
    return;
  }
  if (bytes[span.start] !== OPEN_OBJECT) return;
  const member = memberOf(bytes, span, word);
  // A block of type `text` has a field `text` too: a path that goes on means the one that it can go into.
  if (member && (rest.length === 0 || isNested(bytes, member))) {
    yield* membersAt(bytes, member, rest, member);
  } else if (isOfType(bytes, span, word)) {
    yield* membersAt(bytes, span, rest, holder);
  }
}

function isNested(bytes: Uint8Array, { start }: Span): boolean {
  return bytes[start] === OPEN_OBJECT || bytes[start] === OPEN_ARRAY;
}

/** The value of an object's member, in either spelling of its name. */
function memberOf(bytes: Uint8Array, span: Span, name: string): Span | null {
  const names = spellings(name);
  const found = scanJson(bytes.subarray(span.start, span.end), jsonPaths(...names));
  const [member] = names.flatMap((spelling) => found.get(spelling) ?? []);
  if (!member) return null;
  return { start: span.start + member.start, end: span.start + member.end };
}

/** Anthropic's validator names the kind of an object in its path; a tool without one is a custom tool. */
function isOfType(bytes: Uint8Array, span: Span, word: string): boolean {
  const type = parseSpan(bytes, memberOf(bytes, span, "type") ?? undefined);
  return (type ?? "custom") === word;
}

function spellings(name: string): readonly string[] {
  return [...new Set([name, snakeCase(name), camelCase(name)])];
}

function editOf(bytes: Uint8Array, whole: Span, removal: Removal): (value: Span) => Edit {
  return (value) => {
    const key = keyBefore(bytes, value.start);
    const isRenamed = removal.kind === "rename" && !memberOf(bytes, whole, removal.to);
    if (isRenamed) return { ...key, text: JSON.stringify(removal.to) };
    return { ...withComma(bytes, { start: key.start, end: value.end }), text: "" };
  };
}

/** The quoted key of the member whose value begins at a place. A wanted name holds no quotes itself. */
function keyBefore(bytes: Uint8Array, value: number): Span {
  const close = buffer(bytes).lastIndexOf(QUOTE, value - 1);
  return { start: buffer(bytes).lastIndexOf(QUOTE, close - 1), end: close + 1 };
}

/** A member with the comma that parts it from the others. */
function withComma(bytes: Uint8Array, { start, end }: Span): Span {
  const after = beyondSpace(bytes, end, 1);
  if (bytes[after] === COMMA) return { start, end: beyondSpace(bytes, after + 1, 1) };
  const before = beyondSpace(bytes, start - 1, -1);
  return bytes[before] === COMMA ? { start: before, end } : { start, end };
}

function beyondSpace(bytes: Uint8Array, from: number, step: 1 | -1): number {
  let at = from;
  while (at > 0 && at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += step;
  return at;
}

/** Edits come in the order of their places. */
function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  if (edits.length === 0) return bytes;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, text } of edits) {
    parts.push(bytes.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}
