import { z } from "zod";
import { AppError } from "../../shared/errors";
import { accountsOfCrs } from "./crs-account";
import { textOf } from "./crs-fields";
import { keyOfCrs } from "./crs-key-record";
import { CRS_KINDS } from "./crs-kinds";
import { type Opener, openerFor } from "./crs-secrets";
import type { ForeignGroup, ForeignPool, LeftOut } from "./foreign";

const Records = z.array(z.record(z.string(), z.unknown())).catch([]);
/** Lists that are neither accounts nor keys: people and numbers of the other portal. */
const OTHER_LISTS = new Set(["admins", "apiKeys", "accountGroups"]);
const ACCOUNT_LIST = /Accounts$/;

/** An export file of claude-relay-service, or the answer of its `sync/export-accounts`. */
export const CrsExport = z.object({
  metadata: z.object({ sanitized: z.boolean().optional() }).optional(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * What an export of claude-relay-service holds, in this portal's terms. With its ENCRYPTION_KEY also what is
 * sealed in it. Throws `invalid_request` when that key opens none of the sealed secrets.
 */
export async function readCrs(
  { metadata, data }: z.output<typeof CrsExport>,
  encryptionKey: string | undefined,
  now: Date,
): Promise<ForeignPool> {
  if (metadata?.sanitized) {
    throw new AppError("invalid_request", "This export was made without its secrets.", {
      fields: { from: "This export was made without its secrets: make one without --sanitize." },
    });
  }
  const opener = encryptionKey === undefined ? null : counting(await openerFor(encryptionKey));
  const lists = Object.entries(data).filter(([name]) => !OTHER_LISTS.has(name));
  const read = lists.flatMap(([name, list]) => {
    const reader = CRS_KINDS[name];
    const records = Records.parse(list);
    if (reader)
      return records.flatMap((record) => accountsOfCrs(record, reader, opener?.open ?? null));
    return ACCOUNT_LIST.test(name) ? records.map((record) => unknownKind(name, record)) : [];
  });
  const keys = Records.parse(data.apiKeys).map((record) => keyOfCrs(record, now));
  const leftOut = [...read, ...keys].flatMap((one) => ("reason" in one ? [one] : []));
  demandRightKey(opener?.opened() ?? 0, leftOut);
  return {
    source: "crs",
    accounts: read.flatMap((one) => ("reason" in one ? [] : [one])),
    groups: Records.parse(data.accountGroups).flatMap(groupOf),
    keys: keys.flatMap((one) => ("reason" in one ? [] : [one])),
    leftOut,
  };
}

/** Not one secret opened: then the key is another installation's, and its API keys would stay shut too. */
function demandRightKey(opened: number, leftOut: readonly LeftOut[]): void {
  if (opened > 0 || leftOut.every(({ reason }) => reason !== "unreadable")) return;
  const sentence = "This ENCRYPTION_KEY opens none of the secrets in the export.";
  throw new AppError("invalid_request", sentence, { fields: { pepper: sentence } });
}

function counting(open: Opener) {
  let opened = 0;
  return {
    open: (sealed: string) => {
      const plain = open(sealed);
      if (plain !== null) opened += 1;
      return plain;
    },
    opened: () => opened,
  };
}

function unknownKind(list: string, record: Readonly<Record<string, unknown>>): LeftOut {
  const foreignId = textOf(record, "id");
  const name = textOf(record, "name") || foreignId;
  return { kind: "account", foreignId, name, detail: list, reason: "unknown-kind" };
}

function groupOf(record: Readonly<Record<string, unknown>>): ForeignGroup[] {
  const foreignId = textOf(record, "id");
  const members = z
    .array(z.string())
    .catch([])
    .parse(record.members ?? record.memberIds);
  const name = textOf(record, "name").slice(0, 100) || foreignId;
  return foreignId === ""
    ? []
    : [{ foreignId, name, note: textOf(record, "description").slice(0, 2_000), members }];
}
