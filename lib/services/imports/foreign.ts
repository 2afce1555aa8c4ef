import type { ImportKind, ImportNote, ImportReason } from "../../contracts/imports";
import type { KeyFields } from "../../db/keys";
import type { NewAccount } from "../accounts/create-account";

/** An account of another portal in this portal's terms; not checked yet against its kind's schemas. */
export interface ForeignAccount {
  foreignId: string;
  name: string;
  provider: string;
  settings: Readonly<Record<string, unknown>>;
  secret: Readonly<Record<string, unknown>>;
  fields: Omit<NewAccount["fields"], "name" | "proxy">;
  /** `socks5://user:password@host:port`, or none. */
  proxy: string | null;
  notes: readonly ImportNote[];
}

/** What opens a key: its hash with the other portal's pepper behind, or the key itself. */
export type ForeignSecret = { kind: "peppered"; hash: string } | { kind: "plain"; secret: string };

/** The account or group of the other portal that a key is bound to. */
export interface ForeignBinding {
  kind: "account" | "group";
  foreignId: string;
  fallback: boolean;
}

export interface ForeignKey {
  foreignId: string;
  name: string;
  /** Name or e-mail address of the owner there; "" when it had none. */
  owner: string;
  secret: ForeignSecret;
  fields: KeyFields & { name: string };
  binding: ForeignBinding | null;
  notes: readonly ImportNote[];
}

export interface ForeignGroup {
  foreignId: string;
  name: string;
  note: string;
  /** Foreign ids of its accounts. */
  members: readonly string[];
}

/** What cannot be taken over. */
export interface LeftOut {
  kind: ImportKind;
  foreignId: string;
  name: string;
  detail: string;
  reason: ImportReason;
}

/** Another portal's pool and keys, as far as they were understood. */
export interface ForeignPool {
  source: "crs" | "pool";
  accounts: readonly ForeignAccount[];
  groups: readonly ForeignGroup[];
  keys: readonly ForeignKey[];
  leftOut: readonly LeftOut[];
}

/** A note about fields by their names there. */
export function note(code: ImportNote["code"], ...fields: string[]): ImportNote {
  return { code, fields };
}
