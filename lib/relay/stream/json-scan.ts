import { AppError } from "../../shared/errors";
import { buffer, decode } from "./bytes";

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
  children: ReadonlyMap<string, JsonPaths>;
}

/** Compiles dotted paths such as `model` or `metadata.user_id`. */
export function jsonPaths(...paths: readonly string[]): JsonPaths {
  return pathNode("", paths);
}

function pathNode(path: string, below: readonly string[]): JsonPaths {
  const children = new Map<string, JsonPaths>();
  for (const head of new Set(below.filter(Boolean).map((rest) => rest.split(".")[0] ?? ""))) {
    const rests = below.filter((rest) => rest === head || rest.startsWith(`${head}.`));
    const deeper = rests.map((rest) => rest.slice(head.length + 1));
    children.set(head, pathNode(path ? `${path}.${head}` : head, deeper));
  }
  return { path, wanted: below.includes(""), children };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
interface Scan {
  bytes: Uint8Array;
  at: number;
  depth: number;
  keys: number;
  limits: ScanLimits;
  found: Map<string, Span>;
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
  const scan: Scan = { bytes: buffer(bytes), at: 0, depth: 0, keys: 0, limits, found: new Map() };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) scan.at = 3;
  skipSpace(scan);
  if (bytes[scan.at] !== OPEN_OBJECT) throw malformed("The body must be a JSON object.");
  readObject(scan, paths);
  skipSpace(scan);
  if (scan.at !== bytes.length) throw malformed("The body goes on after its JSON object.");
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
  const limits = { maxDepth: BODY_LIMITS.maxDepth, maxKeys: Number.POSITIVE_INFINITY };
  const scan: Scan = { bytes: part, at: span.start, depth: 1, keys: 0, limits, found: new Map() };
  if (part[scan.at] !== OPEN_ARRAY) return spans;
  scan.at++;
  skipSpace(scan);
  while (spans.length < most && scan.at < part.length && part[scan.at] !== CLOSE_ARRAY) {
    const start = scan.at;
    skipValue(scan);
    spans.push({ start, end: scan.at });
    skipSpace(scan);
    if (part[scan.at] === COMMA) scan.at++;
    skipSpace(scan);
  }
  return spans;
}

/** The value in a span as `JSON.parse` reads it; undefined when there is none or it is broken. */
export function parseSpan(bytes: Uint8Array, span: Span | undefined): unknown {
  if (!span) return undefined;
  try {
    return JSON.parse(decode(bytes.subarray(span.start, span.end)));
  } catch {
    return undefined;
  }
}

function readObject(scan: Scan, node: JsonPaths): void {
  enter(scan);
  scan.at++;
  skipSpace(scan);
  if (scan.bytes[scan.at] === CLOSE_OBJECT) {
    leave(scan);
    return;
  }
  for (;;) {
    readMember(scan, node);
    skipSpace(scan);
    const mark = scan.bytes[scan.at];
    if (mark === CLOSE_OBJECT) break;
    if (mark !== COMMA) throw malformed();
    scan.at++;
    skipSpace(scan);
  }
  leave(scan);
}

function readMember(scan: Scan, node: JsonPaths): void {
  if (scan.bytes[scan.at] !== QUOTE) throw malformed();
  const child = node.children.get(readKey(scan));
  countKey(scan);
  skipSpace(scan);
  if (scan.bytes[scan.at] !== COLON) throw malformed();
  scan.at++;
  skipSpace(scan);
  if (!child) {
    skipValue(scan);
    return;
  }
  forget(scan, child);
  const start = scan.at;
  if (child.children.size > 0 && scan.bytes[start] === OPEN_OBJECT) readObject(scan, child);
  else skipValue(scan);
  if (child.wanted) scan.found.set(child.path, { start, end: scan.at });
}

/** A later equal key replaces all that an earlier one held. */
function forget(scan: Scan, node: JsonPaths): void {
  scan.found.delete(node.path);
  for (const child of node.children.values()) forget(scan, child);
}

function readKey(scan: Scan): string {
  const start = scan.at;
  skipString(scan);
  const raw = scan.bytes.subarray(start + 1, scan.at - 1);
  if (raw.length > 200) return "";
  const text = decode(raw);
  if (!text.includes("\\")) return text;
  const parsed = parseSpan(scan.bytes, { start, end: scan.at });
  if (typeof parsed !== "string") throw malformed();
  return parsed;
}

function skipValue(scan: Scan): void {
  const mark = scan.bytes[scan.at];
  if (mark === QUOTE) skipString(scan);
  else if (mark === OPEN_OBJECT || mark === OPEN_ARRAY) skipNested(scan);
  else skipScalar(scan);
}

function skipNested(scan: Scan): void {
  const { bytes } = scan;
  const base = scan.depth;
  const closers: number[] = [];
  while (scan.at < bytes.length) {
    const mark = bytes[scan.at] ?? 0;
    if (mark === QUOTE) {
      skipString(scan);
      continue;
    }
    // Letters, digits and spaces come in runs between the few bytes that matter.
    if (mark === COLON) countKey(scan);
    else if (mark >= OPEN_ARRAY) noteBracket(scan, closers, mark);
    scan.at++;
    if (scan.depth === base) return;
  }
  throw malformed();
}

function noteBracket(scan: Scan, closers: number[], mark: number): void {
  // An opening bracket's closing partner lies two code points above it.
  if (mark === OPEN_OBJECT || mark === OPEN_ARRAY) {
    enter(scan);
    closers.push(mark + 2);
  } else if (mark === CLOSE_OBJECT || mark === CLOSE_ARRAY) {
    if (closers.pop() !== mark) throw malformed();
    scan.depth--;
  }
}

/**
 * From the opening quote to just after the closing one. The search is native: walking is slower even
 * where every other word ends in an escaped quote.
 */
function skipString(scan: Scan): void {
  const { bytes } = scan;
  const from = scan.at + 1;
  let quote = bytes.indexOf(QUOTE, from);
  while (quote >= 0 && isEscaped(bytes, from, quote)) quote = bytes.indexOf(QUOTE, quote + 1);
  if (quote < 0) throw malformed();
  scan.at = quote + 1;
}

/** Does an odd number of backslashes stand before it? Each is looked at for one quote only. */
function isEscaped(bytes: Uint8Array, from: number, quote: number): boolean {
  let slash = quote - 1;
  while (slash >= from && bytes[slash] === BACKSLASH) slash--;
  return (quote - 1 - slash) % 2 === 1;
}

function skipScalar(scan: Scan): void {
  const { bytes } = scan;
  const start = scan.at;
  while (scan.at < bytes.length) {
    const mark = bytes[scan.at] ?? 0;
    if (mark <= 0x20 || mark === COMMA || mark === CLOSE_OBJECT || mark === CLOSE_ARRAY) break;
    scan.at++;
  }
  if (scan.at === start) throw malformed();
}

function skipSpace(scan: Scan): void {
  const { bytes } = scan;
  for (;;) {
    const mark = bytes[scan.at];
    if (mark !== 0x20 && mark !== 0x0a && mark !== 0x0d && mark !== 0x09) return;
    scan.at++;
  }
}

function enter(scan: Scan): void {
  scan.depth++;
  if (scan.depth > scan.limits.maxDepth) {
    throw malformed(`The body is nested deeper than ${scan.limits.maxDepth} levels.`);
  }
}

function leave(scan: Scan): void {
  scan.depth--;
  scan.at++;
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
