/**
 * One outside call of a sign-in or a renewal. Bounded, guarded, through the account's proxy. Rejects with a
 * named failure (`upstream_broken`, `upstream_silent`) where no answer came; any status resolves.
 */
export type Ask = (request: AskRequest) => Promise<AskAnswer>;

export interface AskRequest {
  method: "GET" | "POST";
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Wait this long before it is sent: for what takes its time at the provider. */
  afterMs?: number;
}

export interface AskAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** At most its first 256 KB. */
  body: string;
}

/** What a sign-in needs besides the network: made once at its beginning, kept sealed until its end. */
export interface SignInSeeds {
  /** Opaque, 32 random bytes in base64url. */
  state: string;
  /** PKCE verifier, 64 characters. @see https://www.rfc-editor.org/rfc/rfc7636 */
  verifier: string;
  /** base64url(SHA-256(verifier)). */
  challenge: string;
}

/** What the admin is shown to go on with. */
export type SignInStep =
  | {
      /** Open `url`, agree, and paste the code or the whole call-back address. */
      kind: "paste";
      url: string;
    }
  | {
      /** Open `url`, type `userCode`; the portal asks every `intervalSeconds` whether it is done. */
      kind: "device";
      url: string;
      userCode: string;
      deviceCode: string;
      intervalSeconds: number;
      expiresInSeconds: number;
    };

/** What was won by a sign-in or a renewal. */
export interface Granted<K> {
  secret: K;
  /** When the access token runs out (epoch ms); null = never. */
  expiresAtMs: number | null;
  /** Who signed in, as the provider names them; for the account's page. */
  identity?: string;
  /** Settings that the provider told (a project, an organisation): stored with the account. */
  settings?: Readonly<Record<string, string>>;
}

/** A connect flow in the browser. */
export interface SignIn<S, K> {
  begin(settings: S, seeds: SignInSeeds, ask: Ask): Promise<SignInStep>;
  /**
   * Ends a pasted flow. `pasted` is a bare code, `code#state`, or a call-back address.
   * Throws AppError("invalid_request") for what is no code of this sign-in, "upstream_denied" where the
   * provider refuses it.
   */
  finish?(
    settings: S,
    seeds: SignInSeeds,
    pasted: string,
    ask: Ask,
    nowMs: number,
  ): Promise<Granted<K>>;
  /** Asks once how a device flow stands; null = not yet. */
  poll?(settings: S, deviceCode: string, ask: Ask, nowMs: number): Promise<Granted<K> | null>;
}

/** How a kind's access token is renewed. */
export interface RenewalDefinition<S, K> {
  /** When the secret's access token runs out (epoch ms); 0 = there is none yet, null = never. */
  expiresAtMs(secret: K): number | null;
  /**
   * One call to the token endpoint. Keeps the stored refresh token where the answer has none. Throws
   * AppError("upstream_denied") where the grant is gone for good (sign in again), any other failure where
   * it may be tried again.
   */
  renew(secret: K, settings: S, ask: Ask, nowMs: number): Promise<Granted<K>>;
}

/** A sign-in with its provider's types erased. */
export function erasedSignIn<S, K>(
  { begin, finish, poll }: SignIn<S, K>,
  settingsOf: (given: unknown) => S,
): SignIn<unknown, unknown> {
  return {
    begin: (given, seeds, ask) => begin(settingsOf(given), seeds, ask),
    ...(finish && {
      finish: (given, seeds, pasted, ask, nowMs) =>
        finish(settingsOf(given), seeds, pasted, ask, nowMs),
    }),
    ...(poll && {
      poll: (given, deviceCode, ask, nowMs) => poll(settingsOf(given), deviceCode, ask, nowMs),
    }),
  };
}

/** A renewal with its provider's types erased. */
export function erasedRenewal<S, K>(
  { expiresAtMs, renew }: RenewalDefinition<S, K>,
  settingsOf: (given: unknown) => S,
  secretOf: (sealed: unknown) => K,
): RenewalDefinition<unknown, unknown> {
  return {
    expiresAtMs: (sealed) => expiresAtMs(secretOf(sealed)),
    renew: (sealed, given, ask, nowMs) => renew(secretOf(sealed), settingsOf(given), ask, nowMs),
  };
}
