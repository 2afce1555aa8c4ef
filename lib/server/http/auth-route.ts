import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { AppError } from "../../shared/errors";
import { authOptions } from "../auth-options";
import { clientIpOf } from "../client-ip";
import { getContainer } from "../container";
import { fixNextAuthUrl } from "../env";
import { sessionCookieName } from "../session";
import { problemResponse } from "./problem";
import { readJson } from "./read-body";
import { declarePolicy } from "./route";
import { demandSameOrigin } from "./same-origin";

const MAX_BODY_BYTES = 16_384;

/** The only end-points of next-auth that the portal uses; its own pages stay shut. */
const SERVED = new Set(["GET csrf", "POST callback/credentials", "POST signout"]);

interface AuthParams {
  params: Promise<{ nextauth: string[] }>;
}

/** Handlers of `/api/auth/*`: next-auth behind the same checks as every other change. */
export function authRoute() {
  const handler = declarePolicy("anyone", serve);
  return { GET: handler, POST: handler };
}

async function serve(request: NextRequest, { params }: AuthParams): Promise<Response> {
  const path = request.nextUrl.pathname;
  try {
    const { nextauth } = await params;
    if (!SERVED.has(`${request.method} ${nextauth.join("/")}`)) {
      throw new AppError("not_found", "There is no such thing.");
    }
    return await runNextAuth(request, nextauth);
  } catch (thrown) {
    return problemResponse(thrown, path);
  }
}

async function runNextAuth(request: NextRequest, nextauth: string[]): Promise<Response> {
  const { env } = getContainer();
  fixNextAuthUrl(env.publicUrl);
  let refused: unknown = null;
  const options = authOptions({
    ip: clientIpOf(request.headers),
    userAgent: request.headers.get("user-agent") ?? "",
    cookie: request.cookies.get(sessionCookieName(env.publicUrl))?.value,
    onRefused: (error) => {
      refused = error;
    },
  });
  const given = request.method === "POST" ? await checkedCopy(request, env.publicUrl) : request;
  const response: Response = await NextAuth(given, { params: { nextauth } }, options);
  if (refused) throw refused;
  // next-auth answers a lost CSRF token with 200 and an address; only its cookie means "signed in".
  if (nextauth[0] === "callback" && !setsSession(response, env.publicUrl)) {
    throw new AppError("unauthenticated", "The sign-in did not work: load the page again.");
  }
  response.headers.set("cache-control", "no-store");
  return response;
}

function setsSession(response: Response, publicUrl: string): boolean {
  const name = `${sessionCookieName(publicUrl)}=`;
  return response.headers.getSetCookie().some((cookie) => cookie.startsWith(name));
}

/** The call again, after its origin and body were looked at: a body can be read only once. */
async function checkedCopy(request: NextRequest, publicUrl: string): Promise<NextRequest> {
  demandSameOrigin(request.headers, publicUrl);
  const body = await readJson(request, MAX_BODY_BYTES);
  const copy = new Request(request.url, {
    method: "POST",
    headers: request.headers,
    body: JSON.stringify(body),
  });
  // next-auth reads only the body, the method and `nextUrl` of what it is given.
  return Object.assign(copy, { nextUrl: request.nextUrl }) as unknown as NextRequest;
}
