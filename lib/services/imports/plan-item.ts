import type { ImportItem } from "../../contracts/imports";
import type { NewAccount } from "../accounts/create-account";
import type { ForeignAccount, ForeignGroup, ForeignKey, LeftOut } from "./foreign";

/** One thing of the other portal with what is to become of it. */
export type PlanItem =
  | { item: ImportItem; made: null }
  | { item: ImportItem; made: { kind: "account"; from: ForeignAccount; account: NewAccount } }
  | { item: ImportItem; made: { kind: "group"; from: ForeignGroup } }
  | { item: ImportItem; made: { kind: "key"; from: ForeignKey; ownerId: string } };

/** What an item is called. */
export type About = Pick<ImportItem, "kind" | "foreignId" | "name" | "detail"> & {
  notes?: readonly ImportItem["notes"][number][];
};

/** An item that is to be made. */
export function itemOf({ kind, foreignId, name, detail, notes = [] }: About): ImportItem {
  return {
    kind,
    foreignId,
    name,
    detail,
    action: "create",
    reason: null,
    problem: "",
    notes: [...notes],
  };
}

/** An item that is left as it is, and why. */
export function skipped(
  about: About | LeftOut,
  reason: ImportItem["reason"],
  problem = "",
): PlanItem {
  return { item: { ...itemOf(about), action: "skip", reason, problem, notes: [] }, made: null };
}
