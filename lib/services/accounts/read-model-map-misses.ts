import type { z } from "zod";
import type { ModelMapMisses, ModelMapMissesBody } from "../../contracts/accounts";
import { listAskedModels } from "../../db/accounts";
import { type ProtocolId, TRANSLATED_IDS } from "../../relay/model";
import { sentModel } from "../../relay/scheduling/eligibility";
import { isFace } from "../../shared/faces";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

const DAYS = 7;
const NO_MAP = { entries: [] };

type Asked = ModelMapMisses["misses"][number] & { sent: string | null };

/**
 * Which names that clients asked for in the last seven days an account with this map would serve, and
 * which not (admins). Of interfaces other than the account's own only names that nobody served count.
 */
export async function readModelMapMisses(
  ctx: Context,
  { protocol, entries }: z.output<typeof ModelMapMissesBody>,
): Promise<ModelMapMisses> {
  authorize(ctx.actor, "account.manage");
  const since = new Date(ctx.clock.nowMs() - DAYS * 86_400_000);
  const spoken = TRANSLATED_IDS.find((id) => id === protocol) ?? null;
  const asked = (await listAskedModels(ctx.db, protocol, since)).map((row) => ({
    model: row.model,
    requests: Number(row.requests),
    lastAt: row.lastAt.toISOString(),
    sent: sentBy(entries, spoken, row),
  }));
  const answers = merged(asked);
  return {
    days: DAYS,
    misses: answers
      .filter(({ sent }) => sent === null)
      .map(({ model, requests, lastAt }) => ({ model, requests, lastAt })),
    served: answers.flatMap(({ model, requests, sent }) =>
      sent === null ? [] : [{ model, requests, sent }],
    ),
  };
}

/** The name that the relay would send for one that was asked for at a face. */
function sentBy(
  entries: z.output<typeof ModelMapMissesBody>["entries"],
  spoken: ProtocolId | null,
  { face, model }: { face: string; model: string },
): string | null {
  const asked = isFace(face) ? face : spoken;
  const facts = { key: { modelMap: NO_MAP }, model, protocol: asked ?? "anthropic" } as const;
  return sentModel({ modelMap: { entries }, provider: "" }, { ...facts, spokenBy: () => spoken });
}

/** One line for a name and what becomes of it, however many faces it was asked for at. */
function merged(asked: readonly Asked[]): Asked[] {
  const lines = new Map<string, Asked>();
  for (const one of asked) {
    const id = JSON.stringify([one.model, one.sent]);
    const line = lines.get(id);
    if (!line) {
      lines.set(id, one);
      continue;
    }
    const lastAt = line.lastAt > one.lastAt ? line.lastAt : one.lastAt;
    lines.set(id, { ...line, requests: line.requests + one.requests, lastAt });
  }
  return [...lines.values()].sort((a, b) => b.requests - a.requests);
}
