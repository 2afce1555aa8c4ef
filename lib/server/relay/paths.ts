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

function plainPath(path: string): string {
  const single = path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
  return single.length > 1 && single.endsWith("/") ? single.slice(0, -1) : single;
}
