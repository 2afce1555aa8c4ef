/**
 * Where relay URLs begin. Each has a route file under `app/(relay)`, and the fast lane takes the same
 * ones before Next sees them; what lies under them and is no route is answered by the relay too.
 */
export const RELAY_PREFIXES = ["/api/v1", "/claude", "/gemini", "/v1", "/v1beta"] as const;

/** The methods of the relay's route files; others are Next's to refuse, through either door. */
export const RELAY_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

/** Does this path, already normal, belong to the relay? */
export function isRelayPath(path: string): boolean {
  return RELAY_PREFIXES.some((prefix) => path.startsWith(prefix) && path[prefix.length] === "/");
}

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
