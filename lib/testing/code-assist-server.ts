import { type BackendCall, type BackendReply, startBackend } from "./backend";
import type { OAuthServer } from "./oauth-server";
import { FAKE_CODE_ASSIST_TOKEN } from "./upstream/keys";

const PROJECT = "managed-project-1";
const OPERATION = "operations/onboard-1";
const FREE_TIER = { id: "free-tier", name: "Free", isDefault: true };
/** How often a new user's operation is looked at before it is done. */
const LOOKS = 2;

export interface CodeAssistServerOptions {
  /** Has nobody used Code Assist as this user before? Default false. */
  isNewUser?: boolean;
}

/**
 * Code Assist of one Google account, on loopback: takes access tokens only that are live at the sign-in
 * service, and calls only that name the account's project; what they ask is handed to a fake of the Gemini
 * API. A new user is taken on board by an operation that has to be looked at.
 */
export async function startCodeAssistServer(
  oauth: Pick<OAuthServer, "isLive">,
  behind: { port: number },
  { isNewUser = false }: CodeAssistServerOptions = {},
) {
  const state: State = { onBoard: !isNewUser, looks: 0, refused: 0 };
  const backend = await startBackend(behind, (call) => serve(oauth, state, call));
  return {
    ...backend,
    project: PROJECT,
    userinfoUrl: `${backend.url}/userinfo`,
    /** Calls with a token that was not live, or of another project. */
    refused: () => state.refused,
    /** How often a new user's operation was looked at. */
    looks: () => state.looks,
  };
}

interface State {
  onBoard: boolean;
  looks: number;
  refused: number;
}

function serve(
  oauth: Pick<OAuthServer, "isLive">,
  state: State,
  { method, url, headers, body }: BackendCall,
): BackendReply {
  const refuse = (status: number, word: string, reason: string) => {
    state.refused++;
    return { status, answer: failure(status, word, reason) };
  };
  const token = /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1] ?? "";
  if (!oauth.isLive(token)) return refuse(401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED");
  const own = OWN[`${method} ${url.pathname}`];
  if (own) return { status: 200, answer: own(state) };
  const verb = url.pathname.split(":")[1] ?? "";
  if (/^(generate|streamGenerate)Content$/.test(verb)) {
    if (!state.onBoard) return refuse(403, "PERMISSION_DENIED", "USER_NOT_ONBOARDED");
    if (projectOf(body) !== PROJECT) return refuse(403, "PERMISSION_DENIED", "USER_PROJECT_DENIED");
  }
  return {
    path: `${url.pathname}${url.search}`,
    headers: { authorization: `Bearer ${FAKE_CODE_ASSIST_TOKEN}` },
  };
}

const OWN: Readonly<Record<string, (state: State) => object>> = {
  "GET /userinfo": () => ({ id: "1", email: "owner@example.org", verified_email: true }),
  "POST /v1internal:loadCodeAssist": ({ onBoard }) => ({
    allowedTiers: [FREE_TIER],
    ...(onBoard && { currentTier: FREE_TIER, cloudaicompanionProject: PROJECT }),
  }),
  "POST /v1internal:onboardUser": () => ({ name: OPERATION }),
  [`GET /v1internal/${OPERATION}`](state) {
    state.looks++;
    if (state.looks < LOOKS) return { name: OPERATION };
    state.onBoard = true;
    const cloudaicompanionProject = { id: PROJECT, name: PROJECT };
    return { name: OPERATION, done: true, response: { cloudaicompanionProject } };
  },
};

function projectOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")).project;
  } catch {
    return undefined;
  }
}

function failure(code: number, status: string, reason: string): object {
  const details = [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason,
      domain: "cloudcode-pa.googleapis.com",
    },
  ];
  return { error: { code, message: "Refused.", status, details } };
}
