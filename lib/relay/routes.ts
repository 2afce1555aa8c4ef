import type { FaceId, ProtocolId } from "./model";
import type { RouteMatch } from "./protocols/protocol";
import { GEMINI_CALLS, OWNED_PATHS, RELAY_ROUTES, type RelayRoute } from "./route-table";

/** What the table says about a request. Everything but a match is answered in the face's own form. */
export type RouteResult =
  | { kind: "match"; route: RouteMatch }
  | { kind: "not-found"; face: FaceId; protocol: ProtocolId; message: string }
  | { kind: "wrong-method"; face: FaceId; protocol: ProtocolId; allow: readonly string[] }
  | { kind: "bad-name"; face: FaceId; protocol: ProtocolId; message: string };

/** Names go into addresses: a letter or digit at least, and only what no path or query takes apart. */
const MODEL_NAME = /^(?=.*[A-Za-z0-9])[A-Za-z0-9._-]{1,128}$/;

/** Routes without a name in their path, by it: what most requests go to. */
const FIXED = routesBy((path) => (path.includes("{") ? null : path));
/** Routes that take a name, by all of their path that comes before it. */
const NAMED = routesBy((path) => (path.includes("{") ? path.slice(0, path.indexOf("{")) : null));

const OWNED = OWNED_PATHS.map((owned) => ({ ...owned, below: `${owned.path}/` }));

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
  const { face, protocol } = owner;
  return { kind: "not-found", face, protocol, message: "There is nothing at this address." };
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

function ownerOf(path: string): (typeof OWNED)[number] | null {
  for (const owner of OWNED) {
    if (path === owner.path || path.startsWith(owner.below)) return owner;
  }
  return null;
}

function resolved(route: RelayRoute, name: string): RouteResult {
  const { face, protocol } = route;
  if (name === "") return match(route, null, route.method);
  if (!route.path.endsWith("{call}")) {
    if (MODEL_NAME.test(name)) return match(route, name, "");
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
  return match(called, model, method);
}

function match(
  { face, protocol, action }: Pick<RelayRoute, "face" | "protocol" | "action">,
  model: string | null,
  method: string,
): RouteResult {
  return { kind: "match", route: { face, protocol, action, model, method } };
}
