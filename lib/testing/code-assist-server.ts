import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
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
  const server = createServer((req, res) => {
    serve(oauth, behind, state, req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    project: PROJECT,
    url: `http://127.0.0.1:${port}`,
    userinfoUrl: `http://127.0.0.1:${port}/userinfo`,
    hostPort: `127.0.0.1:${port}`,
    /** Calls with a token that was not live, or of another project. */
    refused: () => state.refused,
    /** How often a new user's operation was looked at. */
    looks: () => state.looks,
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface State {
  onBoard: boolean;
  looks: number;
  refused: number;
}

async function serve(
  oauth: Pick<OAuthServer, "isLive">,
  { port }: { port: number },
  state: State,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const body = await bodyOf(req);
  const refuse = (status: number, word: string, reason: string) => {
    state.refused++;
    answer(res, status, failure(status, word, reason));
  };
  const token = /^Bearer (.*)$/.exec(req.headers.authorization ?? "")?.[1] ?? "";
  if (!oauth.isLive(token)) return refuse(401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED");
  const { pathname } = new URL(req.url ?? "/", "http://backend.test");
  const own = OWN[`${req.method} ${pathname}`];
  if (own) return answer(res, 200, own(state));
  const verb = pathname.split(":")[1] ?? "";
  if (/^(generate|streamGenerate)Content$/.test(verb)) {
    if (!state.onBoard) return refuse(403, "PERMISSION_DENIED", "USER_NOT_ONBOARDED");
    if (projectOf(body) !== PROJECT) return refuse(403, "PERMISSION_DENIED", "USER_PROJECT_DENIED");
  }
  passOn(req, res, port, body);
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

/** The same with a token that the fake behind takes. */
function passOn(req: IncomingMessage, res: ServerResponse, port: number, body: Buffer): void {
  const { host: _, ...rest } = req.headers;
  const headers = { ...rest, authorization: `Bearer ${FAKE_CODE_ASSIST_TOKEN}` };
  const target = { host: "127.0.0.1", port, path: req.url, method: req.method, headers };
  const inner = request(target, (reply) => {
    res.writeHead(reply.statusCode ?? 502, reply.headers);
    // A fake that cuts its answer must look cut from here, too.
    reply.on("error", () => res.destroy());
    reply.pipe(res);
  });
  inner.on("error", () => res.destroy());
  res.on("close", () => inner.destroy());
  inner.end(body);
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

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function answer(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
  res.end(JSON.stringify(body));
}
