import type { z } from "zod";
import type { TestAccountBody, TestLine } from "../../contracts/accounts";
import { ModelMapEntries } from "../../contracts/common";
import { type AccountRow, insertProbe } from "../../db/accounts";
import type { Provider } from "../../relay/providers/provider";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { openAccountProxy } from "../relay/account-proxy";
import { openAccountSecret } from "../relay/account-secret";
import { demandProvider } from "./account-form";
import { findAccount } from "./find-account";
import { probeRequest, runProbe } from "./probe";

/**
 * Sends the provider's small test call through the account and tells what happens, line by line
 * (admins). Nothing of it is usage. Leaving the iteration ends the call.
 */
export async function testAccount(
  ctx: Context,
  input: z.output<typeof TestAccountBody> & { id: string },
): Promise<AsyncIterable<TestLine>> {
  authorize(ctx.actor, "account.manage");
  const found = await findAccount(ctx, input.id);
  const provider = demandProvider(found.provider);
  const row = await withFreshToken(ctx, provider, found);
  const secret = openAccountSecret(ctx.vault, row.id, row.sealedSecret);
  const map = { entries: ModelMapEntries.catch([]).parse(row.modelMap) };
  const nowMs = ctx.clock.nowMs();
  const wanted = input.model ?? null;
  const call = await probeRequest(provider, row.id, row.settings, secret, map, wanted, nowMs);
  const proxy = openAccountProxy(ctx.vault, row.id, row.sealedProxy);
  const proxied = { ...call, request: { ...call.request, proxy } };
  return noted(ctx, row.id, runProbe(ctx, provider, proxied, secretTexts(secret)));
}

/** A token that has run out says nothing about the account: it is renewed first, as for a request. */
async function withFreshToken(ctx: Context, { renewal }: Provider, row: AccountRow) {
  const endsMs = row.tokenExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (!renewal || endsMs - ctx.clock.nowMs() > WORN_MS) return row;
  const { sealedSecret, settings } = await ctx.tokens.renew({
    accountId: row.id,
    version: row.secretVersion,
  });
  return { ...row, sealedSecret, settings };
}

const WORN_MS = 30_000;

/** Passes the lines on and writes down how the test ended. */
async function* noted(ctx: Context, accountId: string, lines: AsyncIterable<TestLine>) {
  let latencyMs: number | null = null;
  for await (const line of lines) {
    if (line.kind === "head") latencyMs = Math.round(line.atMs);
    yield line;
    if (line.kind !== "done" && line.kind !== "failed") continue;
    const detail = line.kind === "failed" ? line.message.slice(0, 500) : "";
    const ok = line.kind === "done";
    await insertProbe(ctx.db, { accountId, ok, status: line.status, latencyMs, detail });
  }
}

function secretTexts(secret: unknown): string[] {
  const values: unknown[] = Object.values(Object(secret));
  return values.filter((value): value is string => typeof value === "string" && value !== "");
}
