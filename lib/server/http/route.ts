import type { NextRequest } from "next/server";
import type { z } from "zod";
import { NoBody } from "../../contracts/common";
import type { Actor, Context } from "../../services/context";
import { AppError } from "../../shared/errors";
import { clientIpOf } from "../client-ip";
import { getContainer } from "../container";
import { loadActor, sessionCookieName } from "../session";
import { contractFailure, problemResponse } from "./problem";
import { readJson } from "./read-body";
import { reply } from "./reply";
import { demandSameOrigin } from "./same-origin";

/** Who may call a route at all; what they may do there is decided by the use case. */
export type Who = "anyone" | "member" | "admin";

const MAX_BODY_BYTES = 262_144;
const NOTHING = NoBody;

type Shape = z.ZodType | undefined;
type Parsed<T extends Shape> = T extends z.ZodType ? z.output<T> : unknown;

interface RouteSpec<B extends Shape, Q extends Shape, P extends Shape> {
  who: Who;
  /** Strict contracts: a field that is not in them is refused. */
  body?: B;
  query?: Q;
  params?: P;
  /** Longest body that is read; 256 KB when absent. */
  maxBytes?: number;
  /** Of a good answer; 200, or 204 when the use case answers nothing. */
  status?: number;
  run(ctx: Context, input: Parsed<B> & Parsed<Q> & Parsed<P>): Promise<unknown>;
}

type Handler = (
  request: NextRequest,
  // A path without variable pieces comes without any.
  context: { params: Promise<Record<string, string | string[] | undefined> | undefined> },
) => Promise<Response>;

const declared = new WeakMap<object, Who>();

/**
 * A handler of the portal's JSON API: session, role, origin, parsing, status and failures are done
 * here, so that a route only names a use case. Path values win over body values of the same name.
 */
export function route<
  B extends Shape = undefined,
  Q extends Shape = undefined,
  P extends Shape = undefined,
>(spec: RouteSpec<B, Q, P>): Handler {
  const handler: Handler = async (request, { params }) => {
    try {
      const ctx = await enter(request, spec.who);
      const input = {
        ...parse(spec.query ?? NOTHING, Object.fromEntries(request.nextUrl.searchParams)),
        ...parse(spec.body ?? NOTHING, await bodyOf(request, spec.maxBytes)),
        ...parse(spec.params ?? NOTHING, (await params) ?? {}),
      };
      // Each part was parsed by the very schema that the type is made of.
      return reply(await spec.run(ctx, input as never), spec.status);
    } catch (thrown) {
      return problemResponse(thrown, request.nextUrl.pathname);
    }
  };
  declared.set(handler, spec.who);
  return handler;
}

/** Marks a handler that is not made by `route` with the policy that it enforces itself. */
export function declarePolicy<H extends object>(who: Who, handler: H): H {
  declared.set(handler, who);
  return handler;
}

/** The declared policy of a route's exported handler; null when it has none. */
export function policyOf(handler: unknown): Who | null {
  return (typeof handler === "function" && declared.get(handler)) || null;
}

/** The world for one call, or a refusal: of foreign pages, of strangers, of the wrong role. */
async function enter(request: NextRequest, who: Who): Promise<Context> {
  const { env, context } = getContainer();
  if (isChange(request)) demandSameOrigin(request.headers, env.publicUrl);
  const cookie = request.cookies.get(sessionCookieName(env.publicUrl))?.value;
  const actor = await loadActor(cookie, clientIpOf(request.headers));
  demandRole(actor, who);
  return context(actor);
}

function demandRole(actor: Actor, who: Who): void {
  if (who === "anyone") return;
  if (actor.kind !== "user") throw new AppError("unauthenticated", "Sign in first.");
  if (who === "admin" && actor.user.role !== "admin") {
    throw new AppError("forbidden", "Only an admin may do this.");
  }
}

async function bodyOf(request: NextRequest, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  return isChange(request) ? readJson(request, maxBytes) : {};
}

function isChange({ method }: NextRequest): boolean {
  return method !== "GET" && method !== "HEAD";
}

function parse(schema: z.ZodType, value: unknown): object {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw contractFailure(parsed.error);
  return Object(parsed.data);
}
