import { AppError } from "../../shared/errors";
import { buffer, encode } from "./bytes";
import { isWordAt, plainValue } from "./plain-value";

/** Half-open range of bytes; for a string it includes its quotes. */
export interface Span {
  start: number;
  end: number;
}

export interface ScanLimits {
  maxDepth: number;
  maxKeys: number;
}

/** Beyond these a body is refused before anybody spends time on it. */
export const BODY_LIMITS: ScanLimits = { maxDepth: 64, maxKeys: 100_000 };

/** Dotted paths of wanted values, compiled to a tree. */
export interface JsonPaths {
  path: string;
  wanted: boolean;
  /** The key that leads here from above. */
  key: string;
  keyBytes: Uint8Array;
  children: readonly JsonPaths[];
}

/** Compiles dotted paths such as `model` or `metadata.user_id`. */
export function jsonPaths(...paths: readonly string[]): JsonPaths {
  return pathNode("", "", paths);
}

function pathNode(path: string, key: string, below: readonly string[]): JsonPaths {
  const heads = new Set(below.filter(Boolean).map((rest) => rest.split(".")[0] ?? ""));
  const children = [...heads].map((head) => {
    const rests = below.filter((rest) => rest === head || rest.startsWith(`${head}.`));
    const deeper = rests.map((rest) => rest.slice(head.length + 1));
    return pathNode(path ? `${path}.${head}` : head, head, deeper);
  });
  return { path, wanted: below.includes(""), key, keyBytes: encode(key), children };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** A longer key is never a wanted one. */
const MAX_KEY_BYTES = 200;
/** A call of the native search costs about such a walk: only a quote farther off is searched for. */
const WALKED_BYTES = 8;

interface Scan {
  bytes: Buffer;
  limits: ScanLimits;
  depth: number;
  keys: number;
  /** The closing brackets that the skipped values still owe. */
  closers: number[];
  found: Map<string, Span>;
}

function newScan(bytes: Uint8Array, limits: ScanLimits, depth: number): Scan {
  return { bytes: buffer(bytes), limits, depth, keys: 0, closers: [], found: new Map() };
}

/**
 * Finds the wanted values of a JSON object without building anything. Like `JSON.parse`, the last of
 * several equal keys wins and escaped keys count. Values that are not wanted are only skipped: their
 * brackets must match, the rest is the upstream's business. Throws AppError("invalid_request").
 */
export function scanJson(
  bytes: Uint8Array,
  paths: JsonPaths,
  limits: ScanLimits = BODY_LIMITS,
): Map<string, Span> {
  const scan = newScan(bytes, limits, 0);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const start = afterSpace(scan.bytes, hasMark ? 3 : 0);
  if (bytes[start] !== OPEN_OBJECT) throw malformed("The body must be a JSON object.");
  const end = afterSpace(scan.bytes, readObject(scan, paths, start));
  if (end !== bytes.length) throw malformed("The body goes on after its JSON object.");
  return scan.found;
}

/** Spans of an array's first `most` elements; empty when the span holds no array. */
export function elementSpans(
  bytes: Uint8Array,
  span: Span,
  most = Number.POSITIVE_INFINITY,
): Span[] {
  const spans: Span[] = [];
  const part = buffer(bytes).subarray(0, span.end);
  if (part[span.start] !== OPEN_ARRAY) return spans;
  const limits = { maxDepth: BODY_LIMITS.maxDepth, maxKeys: Number.POSITIVE_INFINITY };
  const scan = newScan(part, limits, 1);
  let at = afterSpace(part, span.start + 1);
  while (spans.length < most && at < part.length && part[at] !== CLOSE_ARRAY) {
    const start = at;
    const end = skipValue(scan, start);
    spans.push({ start, end });
    at = afterSpace(part, end);
    if (part[at] === COMMA) at = afterSpace(part, at + 1);
  }
  return spans;
}

/** The value in a span as `JSON.parse` reads it; undefined when there is none or it is broken. */
export function parseSpan(bytes: Uint8Array, span: Span | undefined): unknown {
  if (!span) return undefined;
  const plain = plainValue(bytes, span.start, span.end);
  if (plain !== undefined) return plain;
  try {
    return JSON.parse(buffer(bytes).toString("utf8", span.start, span.end));
  } catch {
    return undefined;
  }
}

// What reads or skips begins at a place and answers the place after what it has passed.

function readObject(scan: Scan, node: JsonPaths, start: number): number {
  const { bytes } = scan;
  enter(scan);
  let at = afterSpace(bytes, start + 1);
  if (bytes[at] !== CLOSE_OBJECT) {
    at = readMember(scan, node, at);
    while (bytes[at] === COMMA) at = readMember(scan, node, afterSpace(bytes, at + 1));
    if (bytes[at] !== CLOSE_OBJECT) throw malformed();
  }
  scan.depth--;
  return at + 1;
}

function readMember(scan: Scan, node: JsonPaths, start: number): number {
  const { bytes } = scan;
  if (bytes[start] !== QUOTE) throw malformed();
  const keyEnd = skipString(bytes, start);
  const child = childOf(bytes, node, start, keyEnd);
  countKey(scan);
  const colon = afterSpace(bytes, keyEnd);
  if (bytes[colon] !== COLON) throw malformed();
  const value = afterSpace(bytes, colon + 1);
  if (!child) return afterSpace(bytes, skipValue(scan, value));
  forget(scan, child);
  const goesOn = child.children.length > 0 && bytes[value] === OPEN_OBJECT;
  const end = goesOn ? readObject(scan, child, value) : skipValue(scan, value);
  if (child.wanted) scan.found.set(child.path, { start: value, end });
  return afterSpace(bytes, end);
}

/** A later equal key replaces all that an earlier one held. */
function forget(scan: Scan, node: JsonPaths): void {
  scan.found.delete(node.path);
  for (const child of node.children) forget(scan, child);
}

/** The wanted value that a key, given with its quotes, leads to. */
function childOf(
  bytes: Uint8Array,
  node: JsonPaths,
  start: number,
  end: number,
): JsonPaths | undefined {
  if (end - start - 2 > MAX_KEY_BYTES) return undefined;
  for (let at = start + 1; at < end - 1; at++) {
    if (bytes[at] === BACKSLASH) return escapedChildOf(bytes, node, start, end);
  }
  for (const child of node.children) {
    if (isWordAt(bytes, start + 1, end - 1, child.keyBytes)) return child;
  }
  return undefined;
}

function escapedChildOf(bytes: Uint8Array, node: JsonPaths, start: number, end: number) {
  const key = parseSpan(bytes, { start, end });
  if (typeof key !== "string") throw malformed();
  return node.children.find((child) => child.key === key);
}

function skipValue(scan: Scan, start: number): number {
  const mark = scan.bytes[start];
  if (mark === QUOTE) return skipString(scan.bytes, start);
  if (mark === OPEN_OBJECT || mark === OPEN_ARRAY) return skipNested(scan, start);
  return skipScalar(scan.bytes, start);
}

function skipNested(scan: Scan, start: number): number {
  const { bytes } = scan;
  const base = scan.depth;
  let at = start;
  while (at < bytes.length) {
    const mark = bytes[at] ?? 0;
    if (mark === QUOTE) {
      at = skipString(bytes, at);
      continue;
    }
    at++;
    // Letters, digits and spaces come in runs between the few bytes that matter.
    if (mark === COLON) countKey(scan);
    else if (mark >= OPEN_ARRAY) {
      noteBracket(scan, mark);
      if (scan.depth === base) return at;
    }
  }
  throw malformed();
}

function noteBracket(scan: Scan, mark: number): void {
  // An opening bracket's closing partner lies two code points above it.
  if (mark === OPEN_OBJECT || mark === OPEN_ARRAY) {
    enter(scan);
    scan.closers.push(mark + 2);
  } else if (mark === CLOSE_OBJECT || mark === CLOSE_ARRAY) {
    if (scan.closers.pop() !== mark) throw malformed();
    scan.depth--;
  }
}

function skipString(bytes: Buffer, start: number): number {
  let at = walkString(bytes, start + 1);
  while (bytes[at] !== QUOTE) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) throw malformed();
    if (!isEscaped(bytes, at, quote)) return quote + 1;
    at = walkString(bytes, quote + 1);
  }
  return at + 1;
}

/** To a near closing quote, or as far as walking pays; never to what a backslash escapes. */
function walkString(bytes: Buffer, start: number): number {
  const far = Math.min(start + WALKED_BYTES, bytes.length);
  let at = start;
  while (at < far && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Does an odd number of backslashes stand before it? Each is looked at for one quote only. */
function isEscaped(bytes: Uint8Array, from: number, quote: number): boolean {
  let slash = quote - 1;
  while (slash >= from && bytes[slash] === BACKSLASH) slash--;
  return (quote - 1 - slash) % 2 === 1;
}

function skipScalar(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const mark = bytes[at] ?? 0;
    if (mark <= 0x20 || mark === COMMA || mark === CLOSE_OBJECT || mark === CLOSE_ARRAY) break;
    at++;
  }
  if (at === start) throw malformed();
  return at;
}

function afterSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const mark = bytes[at];
    if (mark !== 0x20 && mark !== 0x0a && mark !== 0x0d && mark !== 0x09) break;
    at++;
  }
  return at;
}

function enter(scan: Scan): void {
  scan.depth++;
  if (scan.depth > scan.limits.maxDepth) {
    throw malformed(`The body is nested deeper than ${scan.limits.maxDepth} levels.`);
  }
}

function countKey(scan: Scan): void {
  scan.keys++;
  if (scan.keys > scan.limits.maxKeys) {
    throw malformed(`The body has more than ${scan.limits.maxKeys} keys.`);
  }
}

function malformed(message = "The body is not valid JSON."): AppError {
  return new AppError("invalid_request", message);
}
