import type { AllowedHost } from "../../contracts/settings";
import { listAllowedHostRows } from "../../db/allowed-hosts";
import { findUserNames } from "../../db/users";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

/** The private `host:port` pairs that outbound calls may reach (admins). */
export async function listAllowedHosts(ctx: Context): Promise<AllowedHost[]> {
  authorize(ctx.actor, "settings.manage");
  const rows = await listAllowedHostRows(ctx.db);
  const names = await findUserNames(
    ctx.db,
    rows.flatMap((row) => row.addedById ?? []),
  );
  return rows.map((row) => ({
    hostPort: row.hostPort,
    note: row.note,
    addedAt: row.addedAt.toISOString(),
    addedBy: (row.addedById && names.get(row.addedById)?.name) || null,
  }));
}
