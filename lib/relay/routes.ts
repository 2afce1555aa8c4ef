import type { CallAction, FaceId, ProtocolId } from "./model";
import type { RouteMatch } from "./protocols/protocol";

/** One line of the route table. Every adapter, the documentation and the tests read this list. */
export interface RelayRoute {
  methods: readonly string[];
  /** Path with `{model}` or `{call}` as its last segment where one is taken from it. */
  path: string;
  face: FaceId;
  protocol: ProtocolId;
  action: CallAction;
  /** A path that matches, for tests and for the documentation. */
  example: string;
}

/** What the table says about a request. Everything but a match is answered in the face's own form. */
export type RouteResult =
  | { kind: "match"; route: RouteMatch }
  | { kind: "not-found"; face: FaceId; protocol: ProtocolId; message: string }
  | { kind: "wrong-method"; face: FaceId; protocol: ProtocolId; allow: readonly string[] }
  | { kind: "bad-name"; face: FaceId; protocol: ProtocolId; message: string };

/** Names go into addresses: a letter or digit at least, and only what no path or query takes apart. */
const MODEL_NAME = /^(?=.*[A-Za-z0-9])[A-Za-z0-9._-]{1,128}$/;

/** Gemini's methods after the colon. */
const GEMINI_CALLS: Readonly<Record<string, CallAction>> = {
  generateContent: "generate",
  streamGenerateContent: "generate",
  countTokens: "count",
};

const ANTHROPIC_ROOTS = ["/api/v1", "/claude/v1", "/v1"];
const GEMINI_ROOTS = ["/gemini/v1beta", "/gemini/v1", "/v1beta"];
/** Claude Code and monitors look whether the base address answers. */
const PROBED = ["/api", "/claude", "/gemini"];

export const RELAY_ROUTES: readonly RelayRoute[] = [
  ...ANTHROPIC_ROOTS.flatMap((root): RelayRoute[] => [
    anthropic(["POST"], `${root}/messages`, "generate"),
    anthropic(["POST"], `${root}/messages/count_tokens`, "count"),
    anthropic(["GET"], `${root}/models`, "list-models"),
    anthropic(["GET"], `${root}/models/{model}`, "get-model", `${root}/models/claude-opus-5-5`),
  ]),
  ...GEMINI_ROOTS.flatMap((root): RelayRoute[] => [
    gemini(
      ["POST"],
      `${root}/models/{call}`,
      "generate",
      `${root}/models/gemini-2.5-pro:generateContent`,
    ),
    gemini(["GET"], `${root}/models`, "list-models", `${root}/models`),
    gemini(["GET"], `${root}/models/{model}`, "get-model", `${root}/models/gemini-2.5-pro`),
  ]),
  ...PROBED.map((path): RelayRoute => {
    const protocol = path === "/gemini" ? "gemini" : "anthropic";
    return {
      methods: ["GET", "HEAD"],
      path,
      face: protocol,
      protocol,
      action: "probe",
      example: path,
    };
  }),
];

/** Routes of a path, with the name that its last segment gives. */
function routesOn(path: string): { route: RelayRoute; name: string }[] {
  const onPath: { route: RelayRoute; name: string }[] = [];
  for (const route of RELAY_ROUTES) {
    const name = nameIn(route.path, path);
    if (name !== null) onPath.push({ route, name });
  }
  return onPath;
}

/** The same for the paths without a name in them, which most requests go to. */
const ON_FIXED_PATHS = new Map(
  RELAY_ROUTES.filter(({ path }) => !path.includes("{")).map(({ path }) => [path, routesOn(path)]),
);

/**
 * Paths that belong to the relay as a whole: whatever lies under them is answered by it, if only with
 * a 404 in the right form. Claude Code's telemetry (`/api/api/event_logging`) is among them and gets
 * that 404: the portal keeps no client telemetry, and a false "received" would say that it does.
 */
const OWNED: readonly { path: string; protocol: ProtocolId }[] = [
  ...ANTHROPIC_ROOTS.map((path) => ({ path, protocol: "anthropic" as const })),
  { path: "/claude", protocol: "anthropic" },
  { path: "/api/api", protocol: "anthropic" },
  { path: "/gemini", protocol: "gemini" },
  { path: "/v1beta", protocol: "gemini" },
];

/** Does this path (no query, no doubled or trailing slash) belong to the relay and not to the pages? */
export function isRelayPath(path: string): boolean {
  return PROBED.includes(path) || ownerOf(path) !== null;
}

/** Looks a request up in the table; null when the path is none of the relay's. */
export function matchRoute(method: string, path: string): RouteResult | null {
  const owner = ownerOf(path) ?? probeOwner(path);
  if (!owner) return null;
  const { protocol } = owner;
  const face: FaceId = protocol;
  const onPath = ON_FIXED_PATHS.get(path) ?? routesOn(path);
  if (onPath.length === 0) {
    return { kind: "not-found", face, protocol, message: "There is nothing at this address." };
  }
  const hit = onPath.find(({ route }) => route.methods.includes(method));
  if (!hit) {
    const allow = onPath.flatMap(({ route }) => route.methods);
    return { kind: "wrong-method", face, protocol, allow };
  }
  return resolved(hit.route, hit.name);
}

function anthropic(
  methods: readonly string[],
  path: string,
  action: CallAction,
  example = path,
): RelayRoute {
  return { methods, path, face: "anthropic", protocol: "anthropic", action, example };
}

function gemini(
  methods: readonly string[],
  path: string,
  action: CallAction,
  example: string,
): RelayRoute {
  return { methods, path, face: "gemini", protocol: "gemini", action, example };
}

function ownerOf(path: string) {
  return OWNED.find((owned) => path === owned.path || path.startsWith(`${owned.path}/`)) ?? null;
}

function probeOwner(path: string): { protocol: ProtocolId } | null {
  return PROBED.includes(path) ? { protocol: path === "/gemini" ? "gemini" : "anthropic" } : null;
}

/** The last segment where the pattern takes a name, "" where it takes none, null for another path. */
function nameIn(pattern: string, path: string): string | null {
  const open = pattern.indexOf("{");
  if (open < 0) return pattern === path ? "" : null;
  if (!path.startsWith(pattern.slice(0, open))) return null;
  const name = path.slice(open);
  return name !== "" && !name.includes("/") ? name : null;
}

function resolved(route: RelayRoute, name: string): RouteResult {
  const { face, protocol, action } = route;
  if (name === "") return match(route, action, null, "");
  if (!route.path.endsWith("{call}")) {
    if (MODEL_NAME.test(name)) return match(route, action, name, "");
    return { kind: "bad-name", face, protocol, message: "This is not the name of a model." };
  }
  const colon = name.lastIndexOf(":");
  const model = name.slice(0, Math.max(colon, 0));
  const method = colon < 0 ? "" : name.slice(colon + 1);
  if (!MODEL_NAME.test(model)) {
    return { kind: "bad-name", face, protocol, message: "This is not the name of a model." };
  }
  const called = Object.hasOwn(GEMINI_CALLS, method) ? GEMINI_CALLS[method] : undefined;
  if (!called) {
    return { kind: "not-found", face, protocol, message: "The portal does not serve this method." };
  }
  return match(route, called, model, method);
}

function match(
  { face, protocol }: RelayRoute,
  action: CallAction,
  model: string | null,
  method: string,
): RouteResult {
  return { kind: "match", route: { face, protocol, action, model, method } };
}
