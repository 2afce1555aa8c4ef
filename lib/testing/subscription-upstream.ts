import { startBackend } from "./backend";
import type { OAuthServer } from "./oauth-server";
import { FAKE_ANTHROPIC_KEY, FAKE_OPENAI_KEY } from "./upstream/keys";

/** Paths of subscriptions' own backends, and those of the public API that stands behind them here. */
const BEHIND: readonly (readonly [own: RegExp, path: string])[] = [
  [/^\/codex\/responses/, "/v1/responses"],
  [/^\/a\/v1\/messages/, "/v1/messages"],
  [/^\/o\/v1\/responses/, "/v1/responses"],
  [/^\/o\/v1\/chat\/completions/, "/v1/chat/completions"],
];
const USAGE: Readonly<Record<string, object>> = {
  "/api/oauth/usage": {
    five_hour: { utilization: 12, resets_at: "2030-01-01T05:00:00Z" },
    seven_day: { utilization: 34, resets_at: "2030-01-07T00:00:00Z" },
  },
  "/wham/usage": { plan_type: "plus", rate_limit: { primary_window: { used_percent: 12 } } },
  "/api/oauth/profile": { account: { email: "owner@example.org" } },
};

/**
 * The backend of a subscription: takes only access tokens that are live at the sign-in service, and hands
 * what they ask to a fake of the provider's public API.
 */
export async function startSubscriptionUpstream(
  oauth: Pick<OAuthServer, "isLive">,
  behind: { port: number },
) {
  let refused = 0;
  const backend = await startBackend(behind, ({ url, headers }) => {
    const token = /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1] ?? "";
    if (!oauth.isLive(token)) {
      refused++;
      const error = { type: "authentication_error", message: "OAuth token has expired." };
      return { status: 401, answer: { type: "error", error } };
    }
    const told = USAGE[url.pathname];
    if (told) return { status: 200, answer: told };
    const path = publicPath(url);
    return { path, headers: publicKey(path) };
  });
  return {
    ...backend,
    /** Calls with a token that was not live. */
    refused: () => refused,
  };
}

function publicPath({ pathname, search }: URL): string {
  const [own, path] = BEHIND.find(([form]) => form.test(pathname)) ?? [];
  return `${own && path ? pathname.replace(own, path) : pathname}${search}`;
}

/** A key of the public API in place of the token. */
function publicKey(path: string): Record<string, string> {
  return path.startsWith("/v1/messages")
    ? { "x-api-key": FAKE_ANTHROPIC_KEY }
    : { authorization: `Bearer ${FAKE_OPENAI_KEY}` };
}
