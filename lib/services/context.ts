import type { DbClient } from "../db/client";
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
  dispatch: RelayPorts["dispatch"];
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
  publicUrl: string;
  /** Publishes after the transaction has committed; within a second every process has reloaded. */
  changed(name: SnapshotName, id?: string): Promise<void>;
}
