import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deviceFlow } from "./device-flow";

/** How the strict server misbehaves next; each is taken once. */
export type OAuthFault =
  /** Rotates the token and then drops the connection: the answer is lost. */
  | "lose-answer"
  /** Drops the connection before anything happened. */
  | "reset"
  /** Answers 503. */
  | "busy"
  /** Answers without a refresh token: the one that was sent stays good. */
  | "no-refresh-token";

export interface OAuthServerOptions {
  /** Life of an access token. */
  lifeSeconds: number;
  /** Wait before each answer of the token endpoint. */
  delayMs?: number;
  /** false: refresh tokens stay good and answers to them have none, as at Google. Default true. */
  rotates?: boolean;
  /** Demands this client at every exchange and refresh. */
  client?: { id: string; secret: string };
}

interface Family {
  /** The one refresh token that is good; every other one of the family is spent. */
  live: string;
  revoked: boolean;
}

/** What happened at the token endpoint. */
export interface OAuthBook {
  refreshes: number;
  exchanges: number;
  /** Spent refresh tokens that were presented: each revoked its family. */
  reuses: number;
  refused: number;
}

export type OAuthServer = Awaited<ReturnType<typeof startOAuthServer>>;

/**
 * A strict authorization server on loopback: authorization codes with PKCE (S256) serve once, refresh
 * tokens rotate and serve once, and one that is presented again revokes its whole family, as providers do.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14
 */
export async function startOAuthServer(options: OAuthServerOptions) {
  const faults: OAuthFault[] = [];
  const issuer = tokenIssuer(options);
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://oauth.test");
    if (url.pathname === "/authorize") return answerAuthorize(issuer, url, res);
    if (url.pathname === "/device") {
      req.resume();
      return json(res, 200, issuer.devices.begin(`http://${req.headers.host}/activate`));
    }
    if (url.pathname === "/activate") return answerActivate(issuer, url, res);
    if (url.pathname === "/token" && req.method === "POST") {
      answerToken(issuer, faults.shift(), req, res).catch(() => res.destroy());
      return;
    }
    json(res, 404, { error: "not_found" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    hostPort: `127.0.0.1:${port}`,
    authorizeUrl: `http://127.0.0.1:${port}/authorize`,
    tokenUrl: `http://127.0.0.1:${port}/token`,
    deviceUrl: `http://127.0.0.1:${port}/device`,
    book: issuer.book,
    /** A signed-in account: tokens as an exchange would have given. */
    newAccount: issuer.newAccount,
    /** Ends every access token now, ahead of its time. */
    expireAll: issuer.expireAll,
    isLive: issuer.isLive,
    /** Misbehave at the next calls, in this order. */
    fail: (...next: OAuthFault[]) => void faults.push(...next),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

type Issuer = ReturnType<typeof tokenIssuer>;

/** The books of the server: families of tokens, and the codes that begin one. */
function tokenIssuer(options: OAuthServerOptions) {
  const byRefresh = new Map<string, Family>();
  const access = new Map<string, { family: Family; endsMs: number }>();
  const codes = new Map<string, { challenge: string; redirect: string }>();
  const devices = deviceFlow();
  const book: OAuthBook = { refreshes: 0, exchanges: 0, reuses: 0, refused: 0 };

  const grant = (family: Family, withRefresh = true) => {
    const accessToken = newToken("at");
    access.set(accessToken, { family, endsMs: Date.now() + options.lifeSeconds * 1_000 });
    return {
      access_token: accessToken,
      refresh_token: withRefresh ? family.live : undefined,
      expires_in: options.lifeSeconds,
      token_type: "Bearer",
    };
  };
  const newFamily = () => {
    const family: Family = { live: newToken("rt"), revoked: false };
    byRefresh.set(family.live, family);
    return family;
  };
  return {
    book,
    devices,
    delayMs: options.delayMs ?? 0,
    /** Is it the client that was registered, if one was? */
    knows: (fields: URLSearchParams) =>
      !options.client ||
      (fields.get("client_id") === options.client.id &&
        fields.get("client_secret") === options.client.secret),
    newAccount() {
      const family = newFamily();
      return { access_token: grant(family).access_token, refresh_token: family.live };
    },
    newCode(challenge: string, redirect: string): string {
      const code = newToken("code");
      codes.set(code, { challenge, redirect });
      return code;
    },
    /** Tokens of a sign-in that was agreed to elsewhere. */
    begin: () => grant(newFamily()),
    expireAll: () => access.clear(),
    isLive(accessToken: string): boolean {
      const known = access.get(accessToken);
      return known !== undefined && !known.family.revoked && known.endsMs > Date.now();
    },
    /** null where the token is unknown, spent or revoked. */
    refresh(presented: string, keeps: boolean): object | null {
      const family = byRefresh.get(presented);
      if (!family || family.revoked) return null;
      if (family.live !== presented) {
        book.reuses++;
        family.revoked = true;
        return null;
      }
      book.refreshes++;
      if (keeps || options.rotates === false) return grant(family, false);
      family.live = newToken("rt");
      byRefresh.set(family.live, family);
      return grant(family);
    },
    /** null where the code is unknown, used, or of another verifier or call-back. */
    exchange(fields: URLSearchParams): object | null {
      const code = codes.get(fields.get("code") ?? "");
      codes.delete(fields.get("code") ?? "");
      const verifier = fields.get("code_verifier") ?? "";
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      if (!code || challenge !== code.challenge) return null;
      if (code.redirect !== fields.get("redirect_uri")) return null;
      book.exchanges++;
      return grant(newFamily());
    },
  };
}

async function answerToken(
  issuer: Issuer,
  fault: OAuthFault | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const fields = await fieldsOf(req);
  if (fault === "reset") return void res.destroy();
  if (fault === "busy") return json(res, 503, { error: "temporarily_unavailable" });
  if (!issuer.knows(fields)) {
    issuer.book.refused++;
    return json(res, 401, { error: "invalid_client" });
  }
  if (fields.get("grant_type") === DEVICE_GRANT) {
    return answerDevice(issuer, fields.get("device_code") ?? "", res);
  }
  const isRefresh = fields.get("grant_type") === "refresh_token";
  const won = isRefresh
    ? issuer.refresh(fields.get("refresh_token") ?? "", fault === "no-refresh-token")
    : issuer.exchange(fields);
  if (issuer.delayMs) await new Promise((resolve) => setTimeout(resolve, issuer.delayMs));
  if (fault === "lose-answer") return void res.destroy();
  if (won) return json(res, 200, won);
  issuer.book.refused++;
  json(res, 400, { error: "invalid_grant" });
}

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** Tokens once the device's owner has agreed. */
function answerDevice(issuer: Issuer, deviceCode: string, res: ServerResponse): void {
  const stands = issuer.devices.take(deviceCode);
  if (stands !== "agreed") {
    json(res, 400, { error: stands });
    return;
  }
  issuer.book.exchanges++;
  json(res, 200, issuer.begin());
}

/** The page on which the owner of a device types its code. */
function answerActivate(issuer: Issuer, { searchParams }: URL, res: ServerResponse): void {
  const userCode = searchParams.get("user_code");
  res.writeHead(200, { "content-type": "text/html" });
  if (userCode === null) {
    res.end('<form><label>Code <input name="user_code"></label><button>Agree</button></form>');
    return;
  }
  res.end(issuer.devices.agree(userCode) ? "<p>Agreed.</p>" : "<p>No such code.</p>");
}

/** Agrees at once, and shows what a real one would end with: the code, and the call-back address. */
function answerAuthorize(issuer: Issuer, { searchParams }: URL, res: ServerResponse): void {
  const redirect = searchParams.get("redirect_uri") ?? "";
  const state = searchParams.get("state") ?? "";
  const code = issuer.newCode(searchParams.get("code_challenge") ?? "", redirect);
  const back = new URL(redirect);
  back.search = new URLSearchParams({ code, state }).toString();
  res.writeHead(200, { "content-type": "text/html" });
  res.end(
    `<p id="code">${code}#${state}</p><p id="back">${back.toString().replaceAll("&", "&amp;")}</p>`,
  );
}

function newToken(kind: string): string {
  return `${kind}_${randomBytes(24).toString("hex")}`;
}

async function fieldsOf(req: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(Buffer.from(part));
  const text = Buffer.concat(parts).toString("utf8");
  const isJson = (req.headers["content-type"] ?? "").includes("json");
  return new URLSearchParams(isJson ? JSON.parse(text) : text);
}

function json(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
