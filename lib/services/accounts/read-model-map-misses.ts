import type { z } from "zod";
import type { ModelMapMisses, ModelMapMissesBody } from "../../contracts/accounts";
import { listAskedModels } from "../../db/accounts";
import { mapModel } from "../../relay/mapping";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

const DAYS = 7;

/** Which names that clients asked for in the last seven days a map would serve, and which not (admins). */
export async function readModelMapMisses(
  ctx: Context,
  input: z.output<typeof ModelMapMissesBody>,
): Promise<ModelMapMisses> {
  authorize(ctx.actor, "account.manage");
  const since = new Date(ctx.clock.nowMs() - DAYS * 86_400_000);
  const asked = await listAskedModels(ctx.db, input.protocol, since);
  const mapped = asked.map((row) => ({
    model: row.model,
    requests: Number(row.requests),
    lastAt: row.lastAt.toISOString(),
    sent: mapModel({ entries: input.entries }, row.model)?.model ?? null,
  }));
  return {
    days: DAYS,
    misses: mapped
      .filter(({ sent }) => sent === null)
      .map(({ model, requests, lastAt }) => ({ model, requests, lastAt })),
    served: mapped.flatMap(({ model, requests, sent }) =>
      sent === null ? [] : [{ model, requests, sent }],
    ),
  };
}
