import { perName } from "../../shared/per-name";

export interface Target {
  /** Without doubled and trailing slashes: clients join base addresses carelessly. */
  path: string;
  /** Without the question mark; "" when there is none. */
  query: string;
}

/** Takes the target of a request line apart. */
export function readTarget(target: string): Target {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  return { path: plainPath(path), query: mark < 0 ? "" : target.slice(mark + 1) };
}

/** Longer ones are read anew: they are rare, and one with a key in it is kept nowhere. */
const KEPT = { most: 100, longest: 24 };

/** A query taken apart. The same object may be given again: it is only for reading. */
export const readQuery = perName(KEPT, (query) => new URLSearchParams(query));

function plainPath(path: string): string {
  const single = path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
  return single.length > 1 && single.endsWith("/") ? single.slice(0, -1) : single;
}
