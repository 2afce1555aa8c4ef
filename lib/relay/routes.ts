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
const GEMINI_CALLS: ReadonlyMap<string, CallAction> = new Map([
  ["generateContent", "generate"],
  ["streamGenerateContent", "generate"],
  ["countTokens", "count"],
]);

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

/** Routes without a name in their path, by it: what most requests go to. */
const FIXED = routesBy((path) => (path.includes("{") ? null : path));
/** Routes that take a name, by all of their path that comes before it. */
const NAMED = routesBy((path) => (path.includes("{") ? path.slice(0, path.indexOf("{")) : null));

/**
 * Paths that belong to the relay as a whole: whatever lies under them is answered by it, if only with
 * a 404 in the right form. Claude Code's telemetry (`/api/api/event_logging`) is among them and gets
 * that 404: the portal keeps no client telemetry, and a false "received" would say that it does.
 */
const OWNED: readonly { path: string; below: string; protocol: ProtocolId }[] = [
  ...ANTHROPIC_ROOTS.map((root) => owned(root, "anthropic")),
  owned("/claude", "anthropic"),
  owned("/api/api", "anthropic"),
  owned("/gemini", "gemini"),
  owned("/v1beta", "gemini"),
];

/** Does this path (no query, no doubled or trailing slash) belong to the relay and not to the pages? */
export function isRelayPath(path: string): boolean {
  return FIXED.has(path) || ownerOf(path) !== null;
}

/** Looks a request up in the table; null when the path is none of the relay's. */
export function matchRoute(method: string, path: string): RouteResult | null {
  const fixed = FIXED.get(path);
  if (fixed) return answered(fixed, method, "");
  const start = path.lastIndexOf("/") + 1;
  const named = start < path.length ? NAMED.get(path.slice(0, start)) : undefined;
  if (named) return answered(named, method, path.slice(start));
  const owner = ownerOf(path);
  if (!owner) return null;
  const { protocol } = owner;
  const message = "There is nothing at this address.";
  return { kind: "not-found", face: protocol, protocol, message };
}

/** The routes of one place, which all have the same face. */
interface Place {
  face: FaceId;
  protocol: ProtocolId;
  routes: RelayRoute[];
}

function routesBy(placeOf: (path: string) => string | null): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const route of RELAY_ROUTES) {
    const place = placeOf(route.path);
    if (place === null) continue;
    const found = places.get(place);
    if (found) found.routes.push(route);
    else places.set(place, { face: route.face, protocol: route.protocol, routes: [route] });
  }
  return places;
}

function answered({ face, protocol, routes }: Place, method: string, name: string): RouteResult {
  for (const route of routes) if (route.methods.includes(method)) return resolved(route, name);
  const allow = routes.flatMap(({ methods }) => methods);
  return { kind: "wrong-method", face, protocol, allow };
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

function owned(path: string, protocol: ProtocolId) {
  return { path, below: `${path}/`, protocol };
}

function ownerOf(path: string): { protocol: ProtocolId } | null {
  for (const owner of OWNED) {
    if (path === owner.path || path.startsWith(owner.below)) return owner;
  }
  return null;
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
  const called = GEMINI_CALLS.get(method);
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
