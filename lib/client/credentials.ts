import { ApiError, getJson, sendForResponse } from "./api";

/**
 * Signs in with e-mail and password through next-auth's own end-points; the cookie is set by the
 * answer. Throws ApiError with code `unauthenticated` or `limit_reached` (with its waiting time).
 */
export async function signInWith(email: string, password: string): Promise<void> {
  const { csrfToken } = await getJson<{ csrfToken: string }>("/api/auth/csrf");
  const body = { csrfToken, email, password, json: "true", callbackUrl: "/" };
  await sendForResponse("POST", "/api/auth/callback/credentials", body).catch((thrown) => {
    throw thrown instanceof ApiError ? asSignInFailure(thrown) : thrown;
  });
}

/** Ends the session of this browser, on the server as well. */
export async function endSession(): Promise<void> {
  const { csrfToken } = await getJson<{ csrfToken: string }>("/api/auth/csrf");
  await sendForResponse("POST", "/api/auth/signout", { csrfToken, json: "true", callbackUrl: "/" });
}

/** Anything that is neither a limit nor a lost connection is a wrong pair: nothing more is told. */
function asSignInFailure(error: ApiError): ApiError {
  if (error.code === "limit_reached" || error.code === "network") return error;
  if (error.problem.status >= 500) return error;
  return new ApiError({
    type: "about:blank",
    title: "Not signed in",
    status: 401,
    code: "unauthenticated",
    detail: "This e-mail address and password do not belong together.",
  });
}
