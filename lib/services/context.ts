import type { AccountGrantRow } from "../db/accounts";
import type { DbClient } from "../db/client";
import type { AccountState } from "../relay/model";
import type { RelayPorts } from "../relay/ports";
import type { Clock } from "../shared/clock";

/** Who acts. Every use case is given one and authorizes it first. */
export type Actor =
  | { kind: "anonymous"; ip: string }
  | { kind: "user"; user: ActingUser; sessionId: string; ip: string }
  | { kind: "cli" }
  | { kind: "system" };

export interface ActingUser {
  id: string;
  email: string;
  name: string;
  role: "member" | "admin";
  locale: string;
  timeZone: string;
}

/** Seals secrets for one place: what is sealed for one table, column and row opens nowhere else. */
export interface Vault {
  seal(place: SealedPlace, plain: string): string;
  /** Throws AppError("internal") when the envelope was tampered with or its key is unknown. */
  open(place: SealedPlace, envelope: string): string;
  /** Was this envelope sealed with another key than the one that seals today? */
  needsRotation(envelope: string): boolean;
}

export interface SealedPlace {
  table: string;
  column: string;
  row: string;
}

/** The one way out of the portal: addresses inside the network need their exact host:port allowed. */
export interface Outbound {
  /** For addresses as they are saved. Throws AppError("invalid_request") with the reason. */
  check(url: string): Promise<URL>;
  /** The same for the address of a proxy, with its log-in. */
  checkProxy(url: string): Promise<URL>;
  dispatch: RelayPorts["dispatch"];
  /** Rejects with a named failure; the server's address passes the same guard. */
  sendMail(server: MailServer, mail: Mail): Promise<void>;
}

/** Where mail is handed in. TLS from the first byte on port 465, else STARTTLS before any log-in. */
export interface MailServer {
  host: string;
  port: number;
  user?: string | undefined;
  password?: string | undefined;
}

export interface Mail {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  messageId: string;
}

/** What the relay knows about accounts now, over all processes. */
export interface LiveAccounts {
  /** Accounts that nothing is known about are absent. */
  read(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { state: AccountState; inFlight: number }>>;
  /** Forgets cool-downs, limits, stops and counted failures. */
  reset(id: string): Promise<void>;
  /** Tells what was learned about an account outside a request. */
  report: RelayPorts["report"];
}

/** Slows guessing down, over all processes. A taken try counts as failed until it is cleared. */
export interface Attempts {
  /** Ms to wait before the next try for this name; 0 = go on. Grows with each failure, to under a minute. */
  take(name: string): Promise<number>;
  /** Ms to wait before this address may try again, whatever the name; 0 = go on. */
  takeFromAddress(ip: string): Promise<number>;
  clear(name: string): Promise<void>;
}

/** Sign-ins that were begun at providers, sealed; see `lib/redis/sign-ins.ts`. */
export interface SignIns {
  put(id: string, sealed: string, ttlMs: number): Promise<void>;
  read(id: string): Promise<string | null>;
  /** Ends it; true for the one caller that did. */
  end(id: string): Promise<boolean>;
}

/** What a renewal of an access token is asked to improve on. */
export interface Worn {
  accountId: string;
  /** Version of the secret that was found wanting. */
  version: number;
}

/** Renews access tokens once over all processes; see `createTokenRenewer`. */
export interface TokenRenewer {
  /**
   * The account's row with a secret newer than the worn one. Rejects with `upstream_denied` where it
   * has to be signed in again, `upstream_broken`, `upstream_silent` or `upstream_busy` otherwise.
   */
  renew(worn: Worn): Promise<AccountGrantRow>;
}

/** Tells every process that a snapshot is stale. */
export type SnapshotName = "keys" | "accounts" | "settings" | "prices" | "allowed-hosts";

/** The world as a use case sees it. */
export interface Context {
  actor: Actor;
  db: DbClient;
  clock: Clock;
  vault: Vault;
  outbound: Outbound;
  live: LiveAccounts;
  attempts: Attempts;
  signIns: SignIns;
  tokens: TokenRenewer;
  publicUrl: string;
  /** Publishes after the transaction has committed; within a second every process has reloaded. */
  changed(name: SnapshotName, id?: string): Promise<void>;
}
