import { AuditQuery } from "@/lib/contracts/audit";
import { route } from "@/lib/server/http/route";
import { listAudit } from "@/lib/services/audit/list-audit";

export const GET = route({ who: "admin", query: AuditQuery, run: listAudit });
