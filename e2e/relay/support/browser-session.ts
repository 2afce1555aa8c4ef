import { z } from "zod";
import { type RawAnswer, rawCall } from "./raw-call";

const Csrf = z.object({ csrfToken: z.string() });

/** Signs in over HTTP as a browser does. Answers the value of the `cookie` header from then on. */
export async function signInOverHttp(
  base: string,
  email: string,
  password: string,
): Promise<string> {
  const first = await rawCall(base, { method: "GET", path: "/api/auth/csrf" });
  const { csrfToken } = Csrf.parse(JSON.parse(first.body.toString()));
  const answer = await rawCall(base, {
    method: "POST",
    path: "/api/auth/callback/credentials",
    headers: { origin: base, "content-type": "application/json", cookie: cookiesOf(first) },
    body: JSON.stringify({ csrfToken, email, password, json: "true", callbackUrl: "/" }),
  });
  if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}: ${answer.body}`);
  return cookiesOf(answer);
}

function cookiesOf({ headers }: RawAnswer): string {
  const set: unknown = Reflect.get(headers, "set-cookie");
  const lines = Array.isArray(set) ? set : [set];
  return lines.map((line) => String(line).split(";")[0]).join("; ");
}
