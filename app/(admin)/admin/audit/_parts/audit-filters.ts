import type { ListFilters } from "@/lib/client/queries/paging";
import { AuditQuery } from "@/lib/contracts/audit";

/** What the address of the audit log may carry. */
export const AUDIT_PARAMS = ["kind", "object"] as const;
export type AuditParams = Readonly<Partial<Record<(typeof AUDIT_PARAMS)[number], string>>>;

/** The filters of the log out of its address; what does not fit the contract is left out. */
export function auditFilters({ kind, object }: AuditParams): ListFilters<AuditQuery> {
  const { objectKind, objectId } = AuditQuery.shape;
  return {
    ...(kind && objectKind.safeParse(kind).success && { objectKind: kind }),
    ...(object && objectId.safeParse(object).success && { objectId: object }),
  };
}
